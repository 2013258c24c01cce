import { createHash } from 'node:crypto';
import { ratio } from '../../odata/index.js';
import type { Entry } from '../rows.js';
import type { Books } from './books.js';
import { CLASSIFICATION, COSTS } from './classification.js';
import { inAccountingCurrency, type Conversion } from './exchange-rate.js';
import { flag } from './staging.js';

/** The publisher does not name the roles of a tax and its origin; those of the origin are PSA's for other connections. */
const TAX_ROLE = 'Tax';
const TYPE = 'msdyn_actual';

/** Digits of an amount in the base currency of PSA. */
const BASE_DIGITS = 4;

/** What was posted goes back to where the actual came from: its voucher, and a tax actual for the tax that F&O added. */
export function returnToStaging(books: Books, line: Entry, conversion: Conversion): void {
  const [company, actualId] = [line.text('ActualDataAreaId'), line.text('ActualId')];
  const actuals = books.rows('ProjCDSActualsImports');
  const actual = actuals.find(company, actualId);
  if (!actual) return;
  const voucher = line.text('Voucher');
  actuals.change(actual, { Voucher: voucher, IsJournalized: 'Yes' });
  flag(books.store, company, actualId, {
    VoucherNumber: voucher,
    AccountingAmount: line.text('AccountingAmount'),
    SalesTaxAmount: line.text('SalesTaxAmount'),
  });
  if (/[1-9]/.test(line.text('SalesTaxAmount'))) returnTax(books, line, actual, conversion);
}

function returnTax(books: Books, line: Entry, origin: Entry, conversion: Conversion): void {
  const [company, tax, voucher] = [origin.company, line.text('SalesTaxAmount'), line.text('Voucher')];
  const taxId = guidOf(`tax of ${origin.text('ActualId')}`);
  // PSA divides by the exchange rate of the row; the same here, so that both sides agree on the digits.
  const base = ratio(tax, origin.text('ExchangeRate'), BASE_DIGITS, inAccountingCurrency(books, tax, conversion));
  books.rows('ProjCDSActualsImports').add({
    ...origin.fields,
    ActualId: taxId,
    // What goes back to PSA names no contract, and is to be the same when it comes from there again.
    ContractId: '',
    TransactionClassification: CLASSIFICATION.tax,
    Amount: tax,
    UnitPrice: tax,
    AmountMST: base,
    UnitPriceMST: base,
    Quantity: '1',
    Voucher: voucher,
    IsJournalized: 'Yes',
  });
  flag(books.store, company, taxId, {
    IsProcessed: 'Yes',
    JournalDataAreaId: books.company,
    JournalId: line.text('JournalId'),
    LineNumber: line.value('LineNumber'),
    VoucherNumber: voucher,
    AccountingAmount: inAccountingCurrency(books, tax, conversion),
  });
  const connectionId = guidOf(`connection of the tax of ${origin.text('ActualId')}`);
  books.rows('ProjCDSTransactionRelationshipImports').put([connectionId], {
    Transaction1Id: taxId,
    Transaction1Role: TAX_ROLE,
    Transaction1Type: TYPE,
    Transaction2Id: origin.text('ActualId'),
    Transaction2Role: roleOf(origin.text('TransType')),
    Transaction2Type: TYPE,
  });
}

const roleOf = (transType: string): string => {
  if (COSTS.has(transType)) return 'Cost';
  return transType === 'BilledSales' ? 'Billed Sales' : 'Unbilled Sales';
};

/** The same id for the same name, in the form of a random one. */
function guidOf(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex');
  const variant = (8 + (Number.parseInt(digits.charAt(16), 16) % 4)).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20, 32),
  ].join('-');
}
