import { negate, sum } from '../../odata/index.js';
import { nextInSequence } from '../../store/index.js';
import type { Entry } from '../rows.js';
import { accountsOf, TAX_PAYABLE, TAX_RECEIVABLE, type Account } from './accounts.js';
import type { Books } from './books.js';
import { COSTS } from './classification.js';
import { inAccountingCurrency, type Conversion } from './exchange-rate.js';
import { Infolog } from './infolog.js';
import { nextNumber, VOUCHER_SEQUENCE } from './numbers.js';
import { relateVouchers } from './related-vouchers.js';
import { returnToStaging } from './return.js';
import { taxedOf, taxOf, taxParts } from './sales-tax.js';
import { termsOf } from './terms.js';

/** Posts the lines of a journal that are not posted yet, each for itself: a voucher, the ledger, the project, the tax. */
export function postJournal(books: Books, header: Entry): Infolog {
  const log = new Infolog();
  const journal = header.text('JournalId');
  const all = linesOf(books, journal);
  const open = all.filter((line) => line.text('Status') !== 'Posted');
  let posted = 0;
  for (const line of open) {
    const fault = postLine(books, line);
    if (fault === undefined) posted++;
    else {
      books.rows('ProjAdvancedJournalLines').change(line, { Status: 'Error', ErrorText: fault });
      log.add('Error', `Journal ${journal}, line ${line.text('LineNumber')}: ${fault}`);
    }
  }
  const done = linesOf(books, journal).filter((line) => line.text('Status') === 'Posted');
  relateVouchers(books, done);
  books.rows('ProjAdvancedJournalHeaders').change(header, {
    Status: done.length === all.length ? 'Posted' : 'Error',
    PostedAmount: sum('0', ...done.map((line) => line.text('AccountingAmount'))),
    SalesTaxAmount: sum('0', ...done.map((line) => taxInAccountingCurrency(books, line))),
  });
  log.add('Info', `Journal ${journal} of company '${books.company}': ${posted} lines posted.`);
  return log;
}

/** Every journal of the company that is not posted as a whole. */
export const openJournals = (books: Books): Entry[] =>
  books
    .rows('ProjAdvancedJournalHeaders')
    .where('dataAreaId', books.company)
    .filter((header) => header.text('Status') !== 'Posted');

const linesOf = (books: Books, journal: string): Entry[] =>
  books
    .rows('ProjAdvancedJournalLines')
    .where('JournalId', journal)
    .filter(({ company }) => company === books.company);

/** What stands against posting it; undefined when it is posted. */
function postLine(books: Books, line: Entry): string | undefined {
  const terms = termsOf(books, line.text('AccountingDate'), line.text('CurrencyCode'));
  if ('fault' in terms) return terms.fault;
  const { day, conversion } = terms;
  const voucher = nextNumber(books, VOUCHER_SEQUENCE);
  if (voucher === undefined) {
    return `The number sequence ${VOUCHER_SEQUENCE} of company '${books.company}' is not set up, or has no numbers left.`;
  }
  const changed = books.rows('ProjAdvancedJournalLines').change(line, {
    Status: 'Posted',
    ErrorText: '',
    AccountingDate: day,
    AccountingAmount: inAccountingCurrency(books, line.text('Amount'), conversion),
    SalesTaxAmount: taxOf(books, taxedOf(line)),
    Voucher: voucher,
    TransactionId: nextInSequence(books.store, 'PRT'),
  });
  postLedger(books, changed, conversion);
  postProject(books, changed);
  returnToStaging(books, changed, conversion);
  return undefined;
}

function postLedger(books: Books, line: Entry, conversion: Conversion): void {
  const project = books.own('ProjCDSProjects', line.text('ProjectId'));
  const accounts = accountsOf(books, {
    transType: line.text('TransType'),
    transactionType: line.text('TransactionType'),
    property: line.text('LinePropertyId'),
    projectType: project?.text('ProjectType') ?? '',
  });
  const voucher = new VoucherWriter(books, line, conversion);
  if (accounts) voucher.pair(accounts.debit, accounts.credit, line.text('Amount'));
  const taxes = taxParts(books, taxedOf(line));
  for (const { code, tax } of taxes) {
    voucher.pair(accounts?.debit ?? TAX_RECEIVABLE, TAX_PAYABLE, tax);
    books.rows('ProjTaxTransactions').add({
      dataAreaId: books.company,
      Voucher: line.text('Voucher'),
      SalesTaxCode: code,
      CurrencyCode: line.text('CurrencyCode'),
      BaseAmount: line.text('Amount'),
      TaxAmount: tax,
      AccountingTaxAmount: inAccountingCurrency(books, tax, conversion),
    });
  }
}

/** Writes the two halves of each posting, so that a voucher balances in both currencies whatever is rounded. */
class VoucherWriter {
  private line = 0;

  constructor(
    private readonly books: Books,
    private readonly source: Entry,
    private readonly conversion: Conversion,
  ) {}

  pair(debit: Account, credit: Account, amount: string): void {
    const inCurrency = this.books.rounded(amount, this.source.text('CurrencyCode'));
    const accounting = inAccountingCurrency(this.books, amount, this.conversion);
    this.half(debit, inCurrency, accounting);
    this.half(credit, negate(inCurrency), negate(accounting));
  }

  private half({ id, postingType }: Account, inCurrency: string, accounting: string): void {
    this.books.rows('ProjLedgerTransactions').add({
      dataAreaId: this.books.company,
      Voucher: this.source.text('Voucher'),
      LineNumber: ++this.line,
      AccountingDate: this.source.text('AccountingDate'),
      MainAccountId: id,
      PostingType: postingType,
      CurrencyCode: this.source.text('CurrencyCode'),
      TransactionCurrencyAmount: inCurrency,
      AccountingCurrencyAmount: accounting,
      Description: this.source.text('Description'),
    });
  }
}

function postProject(books: Books, line: Entry): void {
  const isCost = COSTS.has(line.text('TransType'));
  books.rows('ProjPostTransViews').add({
    dataAreaId: books.company,
    TransactionId: line.text('TransactionId'),
    TransactionType: line.text('TransactionType'),
    TransactionOrigin: 'Integration journal',
    TransactionDate: line.text('AccountingDate'),
    ProjectId: line.text('ProjectId'),
    CategoryId: line.text('CategoryId'),
    LinePropertyID: line.text('LinePropertyId'),
    Quantity: line.text('Quantity'),
    CurrencyId: line.text('CurrencyCode'),
    TotalCostAmount: isCost ? line.text('AccountingAmount') : '0',
    TotalSalesAmount: isCost ? '0' : books.rounded(line.text('Amount'), line.text('CurrencyCode')),
  });
}

const taxInAccountingCurrency = (books: Books, line: Entry): string =>
  sum(
    '0',
    ...books
      .rows('ProjTaxTransactions')
      .where('Voucher', line.text('Voucher'))
      .filter(({ company }) => company === books.company)
      .map((tax) => tax.text('AccountingTaxAmount')),
  );
