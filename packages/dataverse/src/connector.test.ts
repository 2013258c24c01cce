import type { Connector, WriteOperation } from '@isthmus/core';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import {
  account,
  change,
  connectTo,
  expireTokens,
  failureOf,
  headersDuring,
  pagesOf,
  plan,
  requestsOf,
  rowsOf,
} from './sandbox.test.fixture.js';

const contracts = {
  entity: 'salesorders',
  paths: [
    'ordernumber',
    'exchangerate',
    'transactioncurrencyid.isocurrencycode',
    'customerid_account.accountnumber',
    'msdyn_contractorganizationalunitid.msdyn_name',
  ],
  filter: [{ path: 'msdyn_ordertype', is: 'eq', value: 192350001 }],
} as const;

const lines = {
  entity: 'salesorderdetails',
  paths: [
    'salesorderid.ordernumber',
    'salesorderid.msdyn_contractorganizationalunitid.msdyn_name',
    'msdyn_project.msdynce_projectnumber',
  ],
};

describe('A connection to Dataverse, at the sandbox', () => {
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

  const write = (...operations: WriteOperation[]) => psa.write({ entity: 'accounts', operations });
  const find = (numbers: readonly string[], fields: readonly string[] = []) =>
    psa.find({ entity: 'accounts', key: ['accountnumber'], values: numbers.map((number) => [number]), fields });

  it('answers, lets the client in and agrees on the time', async () => {
    expect((await psa.check()).map(({ name, status }) => `${name} ${status}`)).to.deep.equal([
      'credentials ok',
      'service ok',
      'clock ok',
    ]);
  });

  it('describes tables, and leaves out what does not exist', async () => {
    const described = await psa.describe(['salesorders', 'salesorder', 'systemusers']);
    expect([...described.keys()]).to.deep.equal(['salesorders', 'systemusers']);
    const orders = described.get('salesorders');
    expect(orders).to.deep.include({ key: ['salesorderid'], changeTracking: true });
    expect(orders?.lookups.get('customerid')).to.deep.equal(['accounts', 'contacts']);
    expect(orders?.fields.get('name')?.maxLength).to.equal(300);
    expect(described.get('systemusers')?.changeTracking).to.equal(false);
  });

  it('A2: says with every read what it understands, and that it wants nothing out of a cache', async () => {
    await psa.describe(['salesorders']);
    const reads = await headersDuring(sandbox, async () => {
      await rowsOf(psa, contracts);
      await psa.count('salesorders');
    });
    expect(reads).to.have.length(2);
    for (const headers of reads) {
      expect(headers.accept).to.match(/^application\/json\b/);
      expect(headers).to.include({ 'odata-version': '4.0', 'odata-maxversion': '4.0', 'if-none-match': 'null' });
    }
  });

  it('A10: drops the affinity cookie, and so is spread over the web servers', async () => {
    // Enough for what each of the two is asked; too little for one alone.
    const limits = { requests: 3, windowSeconds: 60, webServers: 2 };
    const spread = await startSandbox({ empty: true, limits });
    const connector = connectTo(spread);
    const asked = await headersDuring(spread, async () => {
      for (let time = 0; time < 5; time++) await connector.count('accounts');
    });
    expect(asked.map(({ cookie }) => cookie)).to.deep.equal(Array(6).fill(undefined));
    const answered = (await requestsOf(spread)).filter(({ system }) => system === 'psa');
    expect(answered.map(({ status }) => status)).to.deep.equal(Array(6).fill(200));
    await connector.close();
    await spread.stop();
  });

  describe('reading', () => {
    it('has the service filter and join', async () => {
      const [page, ...others] = await pagesOf(psa, contracts);
      expect(others).to.deep.equal([]);
      expect(page?.filtered).to.equal(true);
      expect(page?.rows.length).to.be.greaterThan(30);
      const us = page?.rows.find((row) => row['ordernumber'] !== '' && row['customerid_account'] !== null);
      expect(us).to.have.all.keys(['salesorderid', ...contracts.paths.map((path) => path.split('.')[0])]);
      expect(us?.['exchangerate'])
        .to.be.a('string')
        .and.match(/^\d+\.\d+$/);
      expect(us?.['transactioncurrencyid']).to.have.property('isocurrencycode').with.length(3);
      expect(us?.['msdyn_contractorganizationalunitid']).to.have.property('msdyn_name').that.contains('Contoso');
    });

    it('brings the same rows, joined by a read of its own, when changes are tracked', async () => {
      for (const query of [{ ...contracts, filter: [] }, lines]) {
        const tracked = await pagesOf(psa, { ...query, trackChanges: true });
        expect(tracked.flatMap((page) => page.rows)).to.deep.equal(await rowsOf(psa, query));
        expect(tracked.every(({ filtered }) => !filtered)).to.equal(true);
        expect(tracked.at(-1)?.token).to.be.a('string');
      }
    });

    it('brings what the filter needs when the service does not filter', async () => {
      const [page] = await pagesOf(psa, { ...contracts, trackChanges: true });
      expect(page?.rows.every((row) => typeof row['msdyn_ordertype'] === 'number')).to.equal(true);
    });

    it('asks once for rows that many rows point at', async () => {
      const small = await startSandbox({ maxPageSize: 20 });
      const connector = connectTo(small);
      const paths = ['transactioncurrencyid.isocurrencycode'];
      const pages = await pagesOf(connector, { entity: 'salesorders', paths, trackChanges: true });
      expect(pages.length).to.be.greaterThan(1);
      const asked = (await requestsOf(small)).filter(({ url }) => url.includes('transactioncurrencies?'));
      expect(asked.length).to.be.lessThan(pages.length);
      await connector.close();
      await small.stop();
    });

    it('follows more lookups than one query may expand', async () => {
      const near = [
        'project',
        'task',
        'transactioncategory',
        'salescontract',
        'salescontractlineid',
        'accountcustomer',
      ];
      const others = ['contactcustomer', 'contractorganizationalunitid', 'resourceorganizationalunitid'];
      const ofProject = [
        'msdyn_salesorderid',
        'msdyn_customer',
        'msdyn_contractorganizationalunitid',
        'transactioncurrencyid',
      ];
      const ofTask = ['msdyn_project', 'msdyn_parenttask', 'msdyn_transactioncategory'];
      const hops = [
        ...[...near, ...others].map((name) => `msdyn_${name}`),
        ...ofProject.map((name) => `msdyn_project.${name}`),
        ...ofTask.map((name) => `msdyn_task.${name}`),
      ];
      expect(hops).to.have.length(16);
      const paths = hops.map((hop) => `${hop}.createdon`);
      const all = await rowsOf(psa, { entity: 'msdyn_actuals', paths });
      const some = await rowsOf(psa, {
        entity: 'msdyn_actuals',
        paths: paths.filter((path) => path.startsWith('msdyn_project.')),
      });
      expect(some.length).to.be.greaterThan(100);
      expect(all.map(({ msdyn_actualid, msdyn_project }) => ({ msdyn_actualid, msdyn_project }))).to.deep.equal(some);
    });

    it('reads tables in full that track no changes', async () => {
      const [page] = await pagesOf(psa, { entity: 'systemusers', paths: ['fullname'], changesSince: 'anything' });
      expect(page).to.include({ filtered: true, restarted: true });
      expect(page).not.to.have.property('token');
    });

    it('names the nearest table or column where one is unknown', async () => {
      expect(await failureOf(rowsOf(psa, { entity: 'salesorder', paths: [] }))).to.include({
        code: 'DATAVERSE_ENTITY_UNKNOWN',
      });
      expect(await failureOf(rowsOf(psa, { entity: 'salesorders', paths: ['ordernumbr'] })))
        .to.have.property('message')
        .that.contains("'ordernumber'");
    });
  });

  describe('tracking changes', () => {
    const tracked = { entity: 'accounts', paths: ['accountnumber', 'name'], trackChanges: true } as const;
    const tokenAfter = async (token?: string): Promise<string> => {
      const pages = await pagesOf(psa, token === undefined ? tracked : { ...tracked, changesSince: token });
      return pages.at(-1)?.token ?? '';
    };

    it('brings only what changed, and what was deleted', async () => {
      await write(account('T-1'), account('T-2'));
      const token = await tokenAfter();
      expect((await pagesOf(psa, { ...tracked, changesSince: token }))[0]).to.deep.include({ rows: [], deleted: [] });

      const gone = (await find(['T-1'])).get('t-1')?.['accountid'];
      await write(
        { ...account('T-1'), kind: 'delete', fields: {} },
        change('T-2', { name: 'Changed' }),
        account('T-3'),
      );
      const [page] = await pagesOf(psa, { ...tracked, changesSince: token });
      expect(page?.rows.map((row) => row['name'])).to.have.members(['Changed', 'Account T-3']);
      expect(page?.deleted).to.deep.equal([gone]);
      expect(await rowsOf(psa, { ...tracked, changesSince: page?.token ?? '' })).to.deep.equal([]);
    });

    for (const status of [400, 410] as const) {
      it(`reads everything anew when the token has expired, and says so (status ${status})`, async () => {
        const other = await startSandbox({ dataverse: { expiredDeltaStatus: status }, maxPageSize: 20 });
        const connector = connectTo(other);
        const first = await pagesOf(connector, tracked);
        await expireTokens(other);
        const pages = await pagesOf(connector, { ...tracked, changesSince: first.at(-1)?.token ?? '' });
        expect(pages.map(({ restarted }) => restarted === true)).to.deep.equal([
          true,
          ...Array(pages.length - 1).fill(false),
        ]);
        expect(pages.flatMap(({ rows }) => rows)).to.deep.equal(first.flatMap(({ rows }) => rows));
        expect(pages.at(-1)?.token).to.be.a('string');
        await connector.close();
        await other.stop();
      });
    }
  });

  it('a page that is lost on its way is asked for again', async () => {
    await plan(sandbox, { kind: 'drop-before', set: 'salesorders', times: 1 });
    expect((await rowsOf(psa, contracts)).length).to.be.greaterThan(30);
  });
});
