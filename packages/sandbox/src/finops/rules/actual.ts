import type { StoredRow } from '../../store/index.js';
import { flagsOf, stage, unstage } from '../accounting/index.js';
import type { Draft } from '../draft.js';
import { rowRefused } from '../refusals.js';
import { Entry } from '../rows.js';
import { requireLineProperty } from './line-property.js';
import { contract, currency, projectId } from './references.js';
import type { EntityRules } from './rules.js';

/** The project may belong to another company than the one in which the actual arrives. */
const projectCompany = (draft: Draft): string => (draft.text('ProjectDataAreaId') || draft.company).toLowerCase();

/** What the journal took over; the rest of an actual says nothing to the books. */
const BOOKED = [
  'AccountingDate',
  'DocumentDate',
  'Amount',
  'UnitPrice',
  'Quantity',
  'BillingType',
  'TransType',
  'TransactionClassification',
  'TransactionCategory',
  'TransactionCurrencyId',
  'ProjectId',
  'ProjectDataAreaId',
  'ContractId',
];

export const actual: EntityRules = {
  references: [
    {
      field: 'ProjectDataAreaId',
      label: 'Project legal entity',
      set: 'LegalEntities',
      relatedTable: 'Legal entities',
    },
    { ...projectId, company: projectCompany },
    { ...contract('ContractId'), company: projectCompany },
    currency('TransactionCurrencyId'),
  ],
  validateWrite: (draft) => {
    requireLineProperty(draft, projectCompany(draft));
    refuseBooked(draft);
  },
  written: (draft, row) => stage(draft.store, new Entry(row, draft.table.schema)),
  removing: unstage,
};

/** Once an actual is in the journal, it is corrected by another actual. */
function refuseBooked(draft: Draft): void {
  const { table, store, company } = draft;
  const old: StoredRow | undefined = draft.isNew ? undefined : table.byKey(company, draft.value('ActualId'));
  const flags = old && flagsOf(store, company, draft.text('ActualId'));
  if (!old || flags?.text('IsProcessed') !== 'Yes') return;
  const before = new Entry(old, table.schema);
  const changed = BOOKED.filter((field) => before.text(field) !== draft.text(field));
  if (changed.length === 0) return;
  const voucher = flags.text('VoucherNumber');
  const place = voucher
    ? `has been posted with voucher ${voucher}`
    : `is in integration journal ${flags.text('JournalId')}`;
  throw rowRefused(
    table.schema.model,
    'Error',
    `Actual ${draft.text('ActualId')} ${place} and cannot be changed (${changed.join(', ')}).`,
  );
}
