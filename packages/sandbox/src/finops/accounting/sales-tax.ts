import { compareDecimals, multiply, quotientInSteps, sum, type Rounding } from '../../odata/index.js';
import type { Entry } from '../rows.js';
import type { Store } from '../../store/index.js';
import { Books } from './books.js';
import { remembered } from './remembered.js';

/** What the tax of a line depends on. */
export interface Taxed {
  readonly Amount: string;
  readonly CurrencyCode: string;
  readonly SalesTaxGroup: string;
  readonly ItemSalesTaxGroup: string;
}

export const taxedOf = (line: Entry): Taxed => ({
  Amount: line.text('Amount'),
  CurrencyCode: line.text('CurrencyCode'),
  SalesTaxGroup: line.text('SalesTaxGroup'),
  ItemSalesTaxGroup: line.text('ItemSalesTaxGroup'),
});

export interface TaxPart {
  readonly code: string;
  /** In transaction currency. */
  readonly tax: string;
}

const ROUNDINGS: Readonly<Record<string, Rounding>> = { Normal: 'nearest', Downward: 'down', RoundingUp: 'up' };

/**
 * The codes that both groups of a line have, each rounded for itself: to the step of the code, or of the currency where
 * that is coarser, the way the code says. The tax of a document is the sum of its lines' taxes; it is never computed anew
 * from a total.
 */
export function taxParts(books: Books, { Amount, CurrencyCode, SalesTaxGroup, ItemSalesTaxGroup }: Taxed): TaxPart[] {
  return codesOf(books, SalesTaxGroup, ItemSalesTaxGroup).map((code) => ({
    code: code.text('SalesTaxCode'),
    tax: taxed(books, code, Amount, CurrencyCode),
  }));
}

const codesOf = remembered((books: Books, group: string, itemGroup: string): Entry[] => {
  if (!group || !itemGroup) return [];
  return books
    .rows('SalesTaxGroupCodes')
    .where('SalesTaxGroup', group)
    .filter((each) => each.company === books.company && each.text('IsExempt') !== 'Yes')
    .filter((each) => books.own('ItemSalesTaxGroupCodes', itemGroup, each.text('SalesTaxCode')))
    .flatMap((each) => books.own('SalesTaxCodes', each.text('SalesTaxCode')) ?? []);
});

export const taxOf = (books: Books, line: Taxed): string => sum('0', ...taxParts(books, line).map(({ tax }) => tax));

function taxed(books: Books, code: Entry, amount: string, currency: string): string {
  const [own, coarse] = [code.text('RoundOff'), books.stepOf(currency)];
  const step = compareDecimals(own, coarse) > 0 ? own : coarse;
  const rounding = ROUNDINGS[code.text('RoundOffType')] ?? 'nearest';
  return quotientInSteps(multiply(amount, code.text('Percentage')), '100', step, rounding);
}

/** Somebody edited the tax groups of a line. */
export function retax(store: Store, line: Entry): void {
  const books = new Books(store, line.company);
  books.rows('ProjAdvancedJournalLines').change(line, { SalesTaxAmount: taxOf(books, taxedOf(line)) });
}
