import { expect } from 'chai';
import type { Json } from '../client.test.support.js';
import { numbers, type Roll } from '../fuzz.test.support.js';
import { idOf, startWithBooks, type ActualFields, type Bookkeeping } from './books.test.support.js';

/** Twelve digits after the point, in whole numbers: arithmetic of the test's own. */
const SCALE = 12;
const ONE = 10n ** BigInt(SCALE);

function exact(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return text.startsWith('-') ? -units : units;
}

const total = (rows: readonly Json[], field: string): bigint =>
  rows.reduce((sum: bigint, row) => sum + exact(String(row[field])), 0n);

/** `value × percent` rounded to cents (or whole yen), by its magnitude. */
function taxed(value: bigint, percent: bigint, step: bigint, rounding: 'nearest' | 'up'): bigint {
  const product = (value < 0n ? -value : value) * percent;
  const divisor = 100n * ONE * step;
  const extra = rounding === 'nearest' ? divisor / 2n : divisor - 1n;
  const steps = (product + extra) / divisor;
  return (value < 0n ? -steps : steps) * step;
}

const CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY', 'CHF'];

function drawActual(roll: Roll, id: number): ActualFields {
  const company = roll(2) === 0 ? 'usmf' : 'ussi';
  const fraction = String(roll(10 ** 9)).padStart(9, '0') + roll(10);
  const amount = `${roll(5) === 0 ? '-' : ''}${roll(100_000)}.${fraction.slice(0, roll(11))}`.replace(/\.$/, '');
  return {
    id,
    class: roll(2) === 0 ? 'time' : 'expense',
    type: roll(2) === 0 ? 'Cost' : 'Sales',
    amount,
    currency: CURRENCIES[roll(CURRENCIES.length)] ?? 'USD',
    date: `2026-0${1 + roll(9)}-${10 + roll(19)}`,
    more: {
      dataAreaId: company,
      ProjectId: `P-${company}`,
      ContractId: `C-${company}`,
      BillingType: roll(4) === 0 ? 'NonChargeable' : 'Chargeable',
    },
  };
}

/** Half away from zero to the six digits of an X++ real. */
function asReal(amount: string): bigint {
  const value = exact(amount);
  const step = 10n ** BigInt(SCALE - 6);
  const magnitude = ((value < 0n ? -value : value) + step / 2n) / step;
  return (value < 0n ? -magnitude : magnitude) * step;
}

for (const seed of [1, 20261123, Date.now() % 1_000_000]) {
  describe(`The books after random actuals (seed ${seed})`, function () {
    this.timeout(120_000);
    const roll = numbers(seed);
    const sent = Array.from({ length: 240 }, (_, id) => drawActual(roll, id));
    let books: Bookkeeping;
    let staged: Json[], lines: Json[], ledger: Json[], taxes: Json[], taxActuals: Json[], projects: Json[];

    before(async () => {
      books = await startWithBooks();
      const half = sent.length / 2;
      for (const part of [sent.slice(0, half), sent.slice(half)]) {
        await books.stageAll(part);
        for (const legalEntityId of ['usmf', 'ussi', 'usmf']) {
          await books.import({ legalEntityId });
          await books.import({ legalEntityId });
          await books.post({ legalEntityId });
          await books.post({ legalEntityId });
        }
      }
      const actuals = await books.rows('ProjCDSActualsImports');
      staged = actuals.filter((row) => row.TransactionClassification !== '690970002');
      taxActuals = actuals.filter((row) => row.TransactionClassification === '690970002');
      lines = await books.rows('ProjAdvancedJournalLines');
      ledger = await books.rows('ProjLedgerTransactions');
      taxes = await books.rows('ProjTaxTransactions');
      projects = await books.rows('ProjPostTransViews');
    });
    after(() => books.stop());

    const grouped = (rows: readonly Json[], keys: readonly string[], amount: string): Map<string, bigint> => {
      const sums = new Map<string, bigint>();
      for (const row of rows) {
        const key = keys.map((name) => row[name]).join(' ');
        sums.set(key, (sums.get(key) ?? 0n) + exact(row[amount]));
      }
      return sums;
    };

    it('hold every actual once, with a voucher of its own', () => {
      expect(lines.map((line) => line.ActualId).sort()).to.deep.equal(sent.map(({ id }) => idOf(id)).sort());
      expect(new Set(lines.map((line) => line.Voucher)).size).to.equal(sent.length);
      expect(lines.every((line) => line.Status === 'Posted')).to.equal(true);
      expect(projects).to.have.lengthOf(sent.length);
    });

    it('keep the digits: staging has what was sent, to the six of F&O, and the journal what staging has', () => {
      const bySent = new Map(sent.map(({ id, amount }) => [idOf(id), asReal(String(amount))]));
      for (const row of staged) expect(exact(row.Amount), row.ActualId).to.equal(bySent.get(row.ActualId));
      const byActual = new Map(staged.map((row) => [row.ActualId, row.Amount]));
      for (const line of lines) expect(line.Amount).to.equal(byActual.get(line.ActualId));
    });

    it('have the sums of staging, per currency, legal entity and classification', () => {
      const types: Record<string, string> = { 192350000: 'Hour', 192350001: 'Expense' };
      const named = staged.map((row) => ({ ...row, TransactionType: types[row.TransactionClassification] }));
      const keys = ['dataAreaId', 'TransactionType', 'TransType'];
      expect(grouped(lines, [...keys, 'CurrencyCode'], 'Amount')).to.deep.equal(
        grouped(named, [...keys, 'TransactionCurrencyId'], 'Amount'),
      );
    });

    it('balance: the debits of every voucher are its credits, in both currencies', () => {
      for (const field of ['TransactionCurrencyAmount', 'AccountingCurrencyAmount']) {
        for (const [voucher, sum] of grouped(ledger, ['dataAreaId', 'Voucher'], field)) {
          expect(sum, `${voucher} ${field}`).to.equal(0n);
        }
      }
    });

    it('agree with the projects: what was debited as cost is what the projects cost', () => {
      const debits = ledger.filter((row) => row.PostingType.startsWith('Project - cost'));
      expect(total(debits, 'AccountingCurrencyAmount')).to.equal(total(projects, 'TotalCostAmount'));
    });

    it('tax by the line: the tax of a document is the sum of its lines, each code rounded for itself', () => {
      for (const line of lines) {
        const isTaxed = line.TransType === 'Sales' && line.LinePropertyId === 'Chargeable';
        const step = line.CurrencyCode === 'JPY' ? ONE : ONE / 100n;
        const amount = exact(line.Amount);
        const state = taxed(amount, 65n * (ONE / 10n), step, 'nearest');
        const city = line.TransactionType === 'Expense' ? taxed(amount, 2375n * (ONE / 1000n), step, 'up') : 0n;
        expect(exact(line.SalesTaxAmount), `${line.Amount} ${line.CurrencyCode}`).to.equal(isTaxed ? state + city : 0n);
      }
      expect(total(taxes, 'TaxAmount')).to.equal(total(lines, 'SalesTaxAmount'));
    });

    it('give the tax back, once for each line that bears one', () => {
      const bearing = lines.filter((line) => exact(line.SalesTaxAmount) !== 0n);
      expect(taxActuals).to.have.lengthOf(bearing.length);
      expect(grouped(taxActuals, ['dataAreaId', 'Voucher', 'TransactionCurrencyId'], 'Amount')).to.deep.equal(
        grouped(bearing, ['dataAreaId', 'Voucher', 'CurrencyCode'], 'SalesTaxAmount'),
      );
    });

    it('add up in the headers of the journals', async () => {
      const headers = await books.rows('ProjAdvancedJournalHeaders');
      expect(total(headers, 'PostedAmount')).to.equal(total(lines, 'AccountingAmount'));
      expect(total(headers, 'SalesTaxAmount')).to.equal(total(taxes, 'AccountingTaxAmount'));
    });
  });
}
