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

  describe('many rows of a kind at once', () => {
    const many = (start: number, count = 12): WriteOperation[] =>
      Array.from({ length: count }, (_, i) => account(`M-${start + i}`));
    const renamed = (operations: readonly WriteOperation[], name: string): WriteOperation[] =>
      operations.map(({ key }) => change(String(key['accountnumber']), { name }));
    const numbersOf = (operations: readonly WriteOperation[]) =>
      operations.map(({ key }) => String(key['accountnumber']));
    /** What was written to, of the last segments of the addresses. */
    const ways = async (): Promise<(string | undefined)[]> =>
      (await requestsOf(sandbox)).filter(({ method }) => method === 'POST').map(({ url }) => url.split(/[/.]/).at(-1));

    let connector: Connector;
    const send = (...operations: WriteOperation[]) => connector.write({ entity: 'accounts', operations });
    beforeEach(async () => {
      connector = connectTo(sandbox);
      await connector.describe(['accounts']);
      await requestsOf(sandbox);
    });
    afterEach(() => connector.close());

    it('are created by one message, each with its id', async () => {
      const created = await send(...many(0));
      expect(await ways()).to.deep.equal(['CreateMultiple']);
      const ids = await find(numbersOf(many(0)));
      expect(created.map((outcome) => outcome.ok && outcome.row?.['accountid'])).to.deep.equal(
        numbersOf(many(0)).map((number) => ids.get(number.toLowerCase())?.['accountid']),
      );
    });

    it('are updated by one message, and never created by it', async () => {
      expect((await send(...renamed(many(0), 'By one'))).map(codeOf)).to.deep.equal(Array(12).fill('ok'));
      expect(await ways()).to.deep.equal(['UpdateMultiple']);
      expect((await find(['M-3'], ['name'])).get('m-3')).to.include({ name: 'By one' });

      const outcomes = await send(...renamed([...many(0), account('M-none')], 'Again'));
      expect(outcomes.map(codeOf)).to.deep.equal([...Array(12).fill('ok'), 'DATAVERSE_ROW_MISSING']);
      expect(await ways()).to.deep.equal(['$batch']);
    });

    it('are sorted by kind where kinds are mixed; outcomes come in the order of the operations', async () => {
      const mixed = many(100).flatMap((create, i) => [create, ...renamed(many(i, 1), 'Mixed')]);
      const outcomes = await send(...mixed, { ...account('M-100'), kind: 'delete', fields: {} });
      expect(outcomes.map(codeOf)).to.deep.equal([...Array(24).fill('ok'), 'DATAVERSE_ROW_MISSING']);
      expect(outcomes.filter((outcome) => outcome.ok && outcome.row)).to.have.length(12);
      expect(await ways()).to.deep.equal(['$batch', 'UpdateMultiple', 'CreateMultiple']);
    });

    it('are all written but the one that is wrong, in one request more, though a message is all or nothing', async () => {
      const wrong = account('M-wrong', { name: 'x'.repeat(161) });
      const outcomes = await send(...many(900, 6), wrong, ...many(906, 6));
      expect(outcomes.map(codeOf)).to.deep.equal([
        ...Array<string>(6).fill('ok'),
        'DATAVERSE_TEXT_TOO_LONG',
        ...Array<string>(6).fill('ok'),
      ]);
      expect(await ways()).to.deep.equal(['CreateMultiple', '$batch']);
      const [spoilt, ...sound] = renamed(many(900), 'By one');
      const updates = await send({ ...spoilt!, fields: { name: 'x'.repeat(161) } }, ...sound);
      expect(updates.map(codeOf)).to.deep.equal(['DATAVERSE_TEXT_TOO_LONG', ...Array<string>(11).fill('ok')]);
      expect(await ways()).to.deep.equal(['UpdateMultiple', '$batch']);
    });

    it('have an outcome each where one is refused; the message rests for a while, longer each time', async () => {
      await plan(sandbox, { kind: 'refuse', set: 'accounts', row: 'CreateMultiple', times: 2 });
      for (let round = 0; round < 9; round++) await send(...many(200 + 12 * round));
      const batches = (count: number): string[] => Array<string>(count).fill('$batch');
      const bulk = 'CreateMultiple';
      expect(await ways()).to.deep.equal([bulk, ...batches(3), bulk, ...batches(5), bulk]);
      expect((await find(numbersOf(many(200, 108)))).size).to.equal(108);

      const taken = await send(...many(308), account('M-200'));
      expect(taken.map(codeOf)).to.deep.equal([...Array(12).fill('ok'), 'DATAVERSE_KEY_TAKEN']);
    });

    it('go by batches for good where the table does not know the message', async () => {
      await plan(sandbox, { kind: 'refuse', set: 'accounts', row: 'CreateMultiple', status: 404, times: 1 });
      for (let round = 0; round < 5; round++) await send(...many(400 + 12 * round));
      expect(await ways()).to.deep.equal(['CreateMultiple', ...Array(5).fill('$batch')]);
    });

    it('go by batches where their own table knows no message, by a message in any other', async () => {
      const other = await startSandbox({ empty: true, dataverse: { tablesWithoutBulk: ['account'] } });
      const both = connectTo(other);
      const ordersOf = (round: number): WriteOperation[] =>
        Array.from({ length: 12 }, (_, i) => {
          const ordernumber = `O-${round}-${i}`;
          return { kind: 'create', key: { ordernumber }, fields: { ordernumber, name: ordernumber } };
        });
      for (let round = 0; round < 2; round++) {
        const outcomes = [
          ...(await both.write({ entity: 'accounts', operations: many(12 * round) })),
          ...(await both.write({ entity: 'salesorders', operations: ordersOf(round) })),
        ];
        expect(outcomes.map(codeOf)).to.deep.equal(Array(24).fill('ok'));
      }
      const posts = (await requestsOf(other)).filter(({ system, method }) => system === 'psa' && method === 'POST');
      expect(
        posts.map(({ url }) => url.split('/').slice(4).join('/').replace('Microsoft.Dynamics.CRM.', '')),
      ).to.deep.equal([
        'accounts/CreateMultiple',
        '$batch',
        'salesorders/CreateMultiple',
        '$batch',
        'salesorders/CreateMultiple',
      ]);
      await both.close();
      await other.stop();
    });

    it('are repeated in a batch where a message took longer than its time, whatever is written meanwhile', async () => {
      const slow = await startSandbox({ empty: true, dataverse: { targetsInTime: 20 } });
      const patient = connectTo(slow);
      const attempt = (operations: WriteOperation[]) => patient.write({ entity: 'accounts', operations });
      const written = async () =>
        (await rowsOf(patient, { entity: 'accounts', paths: ['accountnumber'] })).map((row) => row['accountnumber']);

      expect(await failureOf(attempt(many(0, 30)))).to.include({ code: 'ODATA_ANSWER_LOST', recovery: 'retry' });
      expect(await written(), 'it is all or nothing').to.deep.equal([]);
      await attempt(many(30));
      await attempt(many(42));
      expect((await attempt(many(0, 30))).map(codeOf)).to.deep.equal(Array(30).fill('ok'));
      await attempt(many(54));
      expect(await written()).to.have.members(numbersOf(many(0, 66)));

      const posts = (await requestsOf(slow)).filter(({ system, method }) => system === 'psa' && method === 'POST');
      expect(posts.map(({ url, status }) => `${url.split(/[/.]/).at(-1)} ${status}`)).to.deep.equal([
        'CreateMultiple 500',
        '$batch 200',
        '$batch 200',
        '$batch 200',
        'CreateMultiple 200',
      ]);
      await patient.close();
      await slow.stop();
    });

    it('are few at a time where the service says that it is too much', async () => {
      await plan(sandbox, { kind: 'status', status: 413, set: 'accounts', method: 'POST', times: 1 });
      expect((await send(...many(500, 40))).map(codeOf)).to.deep.equal(Array(40).fill('ok'));
      expect(await ways()).to.deep.equal(['CreateMultiple', 'CreateMultiple', 'CreateMultiple']);
    });
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
