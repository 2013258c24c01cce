import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { LEGAL_ENTITIES, linkCategories } from '../support/categories.js';
import { finopsOf, tableOf } from '../support/finops.js';
import type { HeldLine } from '../support/run-result.js';
import { psaOf, type Row } from '../support/service.js';
import { Site } from '../support/site.js';
import { install } from '../support/templates.js';
import { exact, random, randomAmount, sumsBy } from './exact.js';

interface PsaActual extends Row {
  msdyn_actualid: string;
  msdyn_amount: string;
  msdyn_price: string;
  msdyn_quantity: string;
  msdyn_transactionclassification: number;
}

const UNITS: Readonly<Record<string, string>> = { 'Contoso US': 'ussi', 'Contoso Global': 'usmf' };
const TYPES: Readonly<Record<string, string>> = { 192350000: 'Hour', 192350001: 'Expense' };
const TAX = '690970002';
const SEED = 20261123;

describe(`Money on its way from PSA through staging into the books and back (seed ${SEED})`, function () {
  this.timeout(240_000);
  let sandbox: RunningSandbox;
  let site: Site;
  let psa: PsaActual[], staged: Row[], lines: Row[], flags: Row[];

  before(async () => {
    sandbox = await startSandbox({ scale: 0.2 });
    await drawAmounts(sandbox);
    await linkCategories(sandbox);
    site = new Site(sandbox, (rc) => install(rc, 'contracts', 'tasks', 'actuals'));
    await site.run('--all');
    for (const legalEntityId of LEGAL_ENTITIES) {
      await finopsOf(sandbox).create(action('ProjCDSActualsImports', 'importFromStagingTable'), { legalEntityId });
      await finopsOf(sandbox).create(action('ProjAdvancedJournalHeaders', 'postJournals'), { legalEntityId });
    }
    const held = (await site.isthmus('errors', '--json')).stdout.split('\n').filter(Boolean);
    const left = new Set(held.map((line) => (JSON.parse(line) as HeldLine).sourceId));
    psa = (await psaActuals(sandbox)).filter((actual) => !left.has(actual.msdyn_actualid));
    const actuals = await tableOf(sandbox, 'ProjCDSActualsImports');
    staged = actuals.filter((row) => row['TransactionClassification'] !== TAX);
    lines = await tableOf(sandbox, 'ProjAdvancedJournalLines');
    flags = await tableOf(sandbox, 'ProjActualsStagings');
  });
  after(() => sandbox.stop());

  it('reaches staging whole: nothing but what is held back is missing', () => {
    expect(psa.length).to.be.greaterThan(60);
    expect(staged.map((row) => row['ActualId']).sort()).to.deep.equal(psa.map((row) => row.msdyn_actualid).sort());
    expect(flags.filter((row) => row['HasError'] === 'Yes')).to.deep.equal([]);
  });

  for (const [column, field] of [
    ['msdyn_amount', 'Amount'],
    ['msdyn_price', 'UnitPrice'],
    ['msdyn_quantity', 'Quantity'],
  ] as const) {
    it(`has the same sums of ${field} everywhere, per currency, legal entity and classification, to the last digit`, () => {
      const inPsa = sumsBy(
        psa,
        (row) =>
          `${currencyOf(row)} ${UNITS[unitOf(row)] ?? 'none'} ${TYPES[row.msdyn_transactionclassification] ?? 'other'}`,
        (row) => row[column],
      );
      const inStaging = sumsBy(
        staged,
        (row) =>
          `${String(row['TransactionCurrencyId'])} ${String(row['dataAreaId'])} ${TYPES[String(row['TransactionClassification'])] ?? 'other'}`,
        (row) => row[field],
      );
      const inJournal = sumsBy(
        lines,
        (row) => `${String(row['CurrencyCode'])} ${String(row['dataAreaId'])} ${String(row['TransactionType'])}`,
        (row) => row[field],
      );
      expect(inPsa.size).to.be.greaterThan(4);
      expect(inStaging).to.deep.equal(inPsa);
      expect(inJournal).to.deep.equal(inPsa);
    });
  }

  it('is posted: every actual has a voucher, and the ledger is in balance', async () => {
    expect(staged.filter((row) => row['Voucher'] === '')).to.deep.equal([]);
    const entries = await tableOf(sandbox, 'ProjLedgerTransactions');
    const balances = sumsBy(
      entries,
      (row) => String(row['Voucher']),
      (row) => row['AccountingCurrencyAmount'],
    );
    expect([...balances.values()].filter((balance) => balance !== 0n)).to.deep.equal([]);
  });

  it('is left alone by the next run, which finds nothing new in PSA', async () => {
    const before = await tableOf(sandbox, 'ProjCDSActualsImports');
    const { tasks } = await site.run('--all', '--full');
    expect(tasks.map(({ task, created, updated }) => [task, created, updated])).to.deep.equal(
      tasks.map(({ task }) => [task, 0, 0]),
    );
    expect(await tableOf(sandbox, 'ProjCDSActualsImports')).to.deep.equal(before);
  });

  it('comes back to PSA under its voucher, digit by digit, with the taxes beside it', async () => {
    const before = new Map(psa.map((row) => [row.msdyn_actualid, row]));
    site.edit((rc) => {
      install(rc, 'contracts', 'tasks', 'actuals', 'update');
      rc.integrations['update']!.parameters = { voucherColumn: 'msdynce_vouchernumber' };
    });
    await site.run('--all');
    const back = (await psaActuals(sandbox)).filter((row) => row['msdynce_vouchernumber'] !== null);
    const taxes = back.filter((row) => row.msdyn_transactionclassification === Number(TAX));
    const others = back.filter((row) => row.msdyn_transactionclassification !== Number(TAX));
    expect(others).to.have.lengthOf(before.size);
    for (const { msdyn_actualid: id, msdyn_amount, msdyn_price, msdyn_quantity } of others) {
      const { msdyn_amount: amount, msdyn_price: price, msdyn_quantity: quantity } = before.get(id)!;
      expect({ msdyn_amount, msdyn_price, msdyn_quantity }, id).to.deep.equal({
        msdyn_amount: amount,
        msdyn_price: price,
        msdyn_quantity: quantity,
      });
    }
    const inPsa = sumsBy(
      taxes,
      (row) => `${currencyOf(row)} ${UNITS[unitOf(row)] ?? 'none'}`,
      ({ msdyn_amount }) => msdyn_amount,
    );
    const inBooks = sumsBy(
      (await tableOf(sandbox, 'ProjTaxTransactions')).filter((row) => exact(row['TaxAmount']) !== 0n),
      (row) => `${String(row['CurrencyCode'])} ${String(row['dataAreaId'])}`,
      (row) => row['TaxAmount'],
    );
    expect(inBooks.size).to.be.greaterThan(0);
    expect(inPsa).to.deep.equal(inBooks);
    const { tasks } = await site.run('--all');
    expect(tasks.reduce((sum, { created, updated }) => sum + created + updated, 0)).to.equal(0);
  });

  it('cannot be changed behind its voucher: such an actual is quarantined, with what to do about it', async () => {
    const [first] = psa;
    await psaOf(sandbox).update(`msdyn_actuals(${first?.msdyn_actualid ?? ''})`, { msdyn_amount: '4711.01' });
    await site.run('--all');
    const held = (await site.isthmus('errors', '--json')).stdout.split('\n').filter(Boolean);
    const own = held
      .map((line) => JSON.parse(line) as HeldLine)
      .find(({ sourceId }) => sourceId === first?.msdyn_actualid);
    expect(own).to.include({ state: 'quarantined', code: 'FINOPS_ACTUAL_BOOKED' });
    expect(own?.errors[0]?.message).to.contain('has been posted with voucher PSV-');
    expect(own?.errors[0]?.remedy).to.contain('correct it by a reversing and a new actual');
  });
});

const action = (set: string, name: string): string => `${set}/Microsoft.Dynamics.DataEntities.${name}`;

const currencyOf = (row: Row): string => nested(row, 'transactioncurrencyid', 'isocurrencycode');
const unitOf = (row: Row): string => nested(row, 'msdyn_resourceorganizationalunitid', 'msdyn_name');

function nested(row: Row, lookup: string, column: string): string {
  const target: unknown = row[lookup];
  return typeof target === 'object' && target !== null ? String((target as Row)[column]) : '';
}

const psaActuals = (sandbox: RunningSandbox): Promise<PsaActual[]> =>
  psaOf(sandbox).rows<PsaActual>(
    'msdyn_actuals?$expand=transactioncurrencyid($select=isocurrencycode),msdyn_resourceorganizationalunitid($select=msdyn_name)',
  );

/** Amounts with up to ten digits, of which PSA keeps as many as its columns have. */
async function drawAmounts(sandbox: RunningSandbox): Promise<void> {
  const roll = random(SEED);
  const psa = psaOf(sandbox);
  for (const { msdyn_actualid: id } of await psaActuals(sandbox)) {
    const amount = randomAmount(roll);
    await psa.update(`msdyn_actuals(${id})`, {
      msdyn_amount: amount,
      msdyn_price: randomAmount(roll),
      msdyn_quantity: randomAmount(roll),
    });
  }
}
