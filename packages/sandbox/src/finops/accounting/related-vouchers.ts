import type { Entry } from '../rows.js';
import type { Books } from './books.js';
import { flagsOf } from './staging.js';

/** Where a transaction relationship keeps its two ends. */
const ENDS = [
  { id: 'Transaction1Id', role: 'Transaction1Role', otherId: 'Transaction2Id', otherRole: 'Transaction2Role' },
  { id: 'Transaction2Id', role: 'Transaction2Role', otherId: 'Transaction1Id', otherRole: 'Transaction1Role' },
] as const;

interface Place {
  readonly company: string;
  readonly voucher: string;
}

/** Vouchers of actuals that a relationship joins are shown beside each other, also across companies, once both are posted. */
export function relateVouchers(books: Books, lines: readonly Entry[]): void {
  for (const line of lines) {
    const own: Place = { company: books.company, voucher: line.text('Voucher') };
    for (const { id, role, otherId, otherRole } of ENDS) {
      for (const relationship of books.rows('ProjCDSTransactionRelationshipImports').where(id, line.text('ActualId'))) {
        const other = placeOf(books, relationship.text(otherId));
        if (!other || (other.company === own.company && other.voucher === own.voucher)) continue;
        relate(books, own, other, [relationship.text(role), relationship.text(otherRole)]);
        relate(books, other, own, [relationship.text(otherRole), relationship.text(role)]);
      }
    }
  }
}

function placeOf(books: Books, actualId: string): Place | undefined {
  for (const actual of books.rows('ProjCDSActualsImports').where('ActualId', actualId)) {
    const flags = flagsOf(books.store, actual.company, actualId);
    const voucher = flags?.text('VoucherNumber');
    if (flags && voucher) return { company: flags.text('JournalDataAreaId'), voucher };
  }
  return undefined;
}

function relate(books: Books, from: Place, to: Place, [role, relatedRole]: readonly [string, string]): void {
  books
    .rows('ProjRelatedVouchers')
    .put([from.company, from.voucher, to.company, to.voucher], { Role: role, RelatedRole: relatedRole });
}
