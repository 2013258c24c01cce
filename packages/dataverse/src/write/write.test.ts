import type { Connector, WriteOperation, WriteOutcome } from '@isthmus/core';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { account, change, connectTo, failureOf, plan, requestsOf, rowsOf } from '../sandbox.test.fixture.js';

const codeOf = (outcome: WriteOutcome | undefined): string =>
  outcome === undefined ? 'none' : outcome.ok ? 'ok' : outcome.error.code;

describe('Writing to Dataverse, at the sandbox', () => {
  let sandbox: RunningSandbox;
  let psa: Connector;

  before(async () => {
    sandbox = await startSandbox();
    psa = connectTo(sandbox);
  });
  after(async () => {
    await psa.close();
    await sandbox.stop();
  });
  beforeEach(() => requestsOf(sandbox));

  const write = (...operations: WriteOperation[]): Promise<WriteOutcome[]> =>
    psa.write({ entity: 'accounts', operations });
  const find = (numbers: readonly string[], fields: readonly string[] = []) =>
    psa.find({ entity: 'accounts', key: ['accountnumber'], values: numbers.map((number) => [number]), fields });

  it('creates, finds, updates and deletes by alternate key', async () => {
    const [created] = await write(account('W-1', { creditlimit: '1234.5600', emailaddress1: null }));
    const found = (await find(['w-1'], ['name', 'creditlimit'])).get('w-1');
    expect(found).to.include({ accountnumber: 'W-1', name: 'Account W-1', creditlimit: '1234.5600' });
    expect(created).to.deep.equal({ ok: true, row: { accountid: found?.['accountid'] } });

    expect((await write(change('W-1', { name: 'Renamed' }))).map(codeOf)).to.deep.equal(['ok']);
    expect((await find(['W-1'], ['name'])).get('w-1')).to.include({ name: 'Renamed' });
    expect((await write({ ...account('W-1'), kind: 'delete', fields: {} })).map(codeOf)).to.deep.equal(['ok']);
    expect((await find(['W-1'])).size).to.equal(0);
  });

  it('never creates by an update', async () => {
    expect((await write(change('W-none', { name: 'x' }))).map(codeOf)).to.deep.equal(['DATAVERSE_ROW_MISSING']);
    expect((await find(['W-none'])).size).to.equal(0);
  });

  it('points lookups at rows by id and by alternate key, and empties them', async () => {
    const currencies = await rowsOf(psa, { entity: 'transactioncurrencies', paths: ['isocurrencycode'] });
    const euro = currencies.find((row) => row['isocurrencycode'] === 'EUR')?.['transactioncurrencyid'];
    const currencyOf = async (number: string) =>
      (await find([number], ['transactioncurrencyid'])).get(number.toLowerCase())?.['transactioncurrencyid'];

    await write(
      account('L-1', { transactioncurrencyid: String(euro) }),
      account('L-2', { transactioncurrencyid: 'EUR' }),
    );
    expect([await currencyOf('L-1'), await currencyOf('L-2')]).to.deep.equal([euro, euro]);
    expect((await write(change('L-1', { transactioncurrencyid: null }))).map(codeOf)).to.deep.equal(['ok']);
    expect(await currencyOf('L-1')).to.not.equal(euro);
  });

  it('has an outcome for every record, and one that is refused stops no other', async () => {
    await write(account('R-1'));
    const outcomes = await write(
      account('R-2'),
      account('R-1'),
      account('R-3', { name: 'x'.repeat(161) }),
      account('R-4', { transactioncurrencyid: '00000000-0000-4000-8000-000000000000' }),
      account('R-5'),
    );
    expect(outcomes.map(codeOf)).to.deep.equal([
      'ok',
      'DATAVERSE_KEY_TAKEN',
      'DATAVERSE_TEXT_TOO_LONG',
      'DATAVERSE_REFERENCE_MISSING',
      'ok',
    ]);
    expect([...(await find(['R-2', 'R-3', 'R-4', 'R-5'])).keys()]).to.have.members(['r-2', 'r-5']);
  });

  it('creates many at once, until one is refused; then each has its own outcome', async () => {
    const many = (start: number): WriteOperation[] => Array.from({ length: 12 }, (_, i) => account(`M-${start + i}`));
    const connector = connectTo(sandbox);
    const create = (...operations: WriteOperation[]) => connector.write({ entity: 'accounts', operations });
    await connector.describe(['accounts']);
    await requestsOf(sandbox);

    const created = await create(...many(0));
    expect(created.map(codeOf)).to.deep.equal(Array(12).fill('ok'));
    const ids = await find(many(0).map(({ key }) => String(key['accountnumber'])));
    expect(created.map((outcome) => outcome.ok && outcome.row?.['accountid'])).to.deep.equal(
      [...many(0)].map(({ key }) => ids.get(String(key['accountnumber']).toLowerCase())?.['accountid']),
    );
    await create(...many(6));
    await create(...many(20));
    const urls = (await requestsOf(sandbox))
      .map(({ url }) => url.split('/').at(-1))
      .filter((url) => !url?.includes('?'));
    const bulk = 'Microsoft.Dynamics.CRM.CreateMultiple';
    expect(urls).to.deep.equal([bulk, bulk, '$batch', '$batch']);
    expect(
      (
        await find(
          many(0)
            .concat(many(6), many(20))
            .map(({ key }) => String(key['accountnumber'])),
        )
      ).size,
    ).to.equal(30);
    await connector.close();
  });

  it('reaches rows whose key no address can hold', async () => {
    const odd = ["O'Brien & Söhne", 'A/B', '50%', 'x+y?'];
    expect((await write(...odd.map((number) => account(number)))).map(codeOf)).to.deep.equal(Array(4).fill('ok'));
    const changes = odd.map((number) => change(number, { name: 'Reached' }));
    expect((await write(...changes, change('no/such', { name: 'x' }))).map(codeOf)).to.deep.equal([
      ...Array(4).fill('ok'),
      'DATAVERSE_ROW_MISSING',
    ]);
    const found = await find(odd, ['name']);
    expect([...found.values()].map((row) => row['name'])).to.deep.equal(Array(4).fill('Reached'));
  });

  it('finds hundreds of rows under the keys that were asked for, whatever their case', async () => {
    const numbers = Array.from({ length: 700 }, (_, i) => `H-${i}`);
    await write(...numbers.map((number) => account(number)));
    const found = await find([...numbers.map((number) => number.toLowerCase()), 'H-none'], ['name']);
    expect(found.size).to.equal(700);
    expect(found.get('h-699')).to.include({ name: 'Account H-699' });
    expect(await psa.count('accounts')).to.be.greaterThan(700);
  });

  it('sends no batch again whose answer is lost, as it may have been carried out', async () => {
    await plan(sandbox, { kind: 'drop-after', set: '$batch', times: 1 });
    expect(await failureOf(write(account('D-1')))).to.include({ code: 'ODATA_ANSWER_LOST', recovery: 'retry' });
    expect((await find(['D-1'])).size).to.equal(1);
  });
});
