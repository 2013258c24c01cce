import { readFileSync } from 'node:fs';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Controls } from '../support/controls.js';
import { finopsOf, finopsPath, tableOf } from '../support/finops.js';
import { madePlan, PLAN, savedPlan } from '../support/plan.js';
import { createProject } from '../support/psa-project.js';
import { startRelay, writesIn, type Relay } from '../support/relay.js';
import { totalsOf } from '../support/run-result.js';
import { psaOf, type Row, type Service } from '../support/service.js';
import { Site } from '../support/site.js';

const STORE = '.isthmus/state.db';

describe('isthmus plan', () => {
  let sandbox: RunningSandbox;
  let controls: Controls;
  let psa: Service;
  let relay: Relay;
  let site: Site;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.2 });
    controls = new Controls(sandbox);
    psa = psaOf(sandbox);
    relay = await startRelay(sandbox, 'finops');
    site = new Site(sandbox, ({ connections: { finops } }) => {
      Object.assign(finops, relay.address);
    });
  });

  beforeEach(() => {
    relay.passages.length = 0;
  });

  after(async () => {
    await relay.close();
    await sandbox.stop();
  });

  const order = async (number: string): Promise<Row> =>
    (await psa.rows(`salesorders?$filter=ordernumber eq '${number}'`))[0] ?? {};
  const contract = async (number: string): Promise<Row> =>
    (await tableOf(sandbox, 'ProjCDSProjectContracts')).find((row) => row['ProjectContractID'] === number) ?? {};

  it('writes to neither system, and leaves the store as it is, byte for byte', async () => {
    await site.isthmus('status');
    const before = readFileSync(site.path(STORE));
    await controls.forgetRequests();
    expect((await site.isthmus('plan')).status).to.equal(4);
    const requests = (await controls.requests()).filter(({ system }) => system !== 'token');
    expect(requests.length).to.be.greaterThan(8);
    expect(requests.filter(({ method, url }) => method !== 'GET' && !url.endsWith('$batch'))).to.deep.equal([]);
    expect(writesIn(relay.passages)).to.deep.equal([]);
    expect(readFileSync(site.path(STORE)).equals(before)).to.equal(true);
  });

  it('comes to the same bytes from the same state', async () => {
    const first = await savedPlan(site);
    expect(await savedPlan(site)).to.equal(first);
    const { stdout } = await site.isthmus('plan', '--json');
    expect(first.startsWith(stdout)).to.equal(true);
  });

  it('says which records wait, and for what, and which are quarantined, and why', async () => {
    const { records } = await madePlan(site);
    const waiting = records.find(({ action }) => action === 'defer');
    expect(waiting?.waitsFor).to.include({ task: 'contract-lines', key: 'a0000000-0000-4000-8000-000000000999' });
    const named = records.find(({ record }) => record === 'ORD-00001-LONGNM');
    expect(named?.action).to.equal('quarantine');
    expect(named?.reasons?.[0]).to.include({ code: 'RECORD_TOO_LONG', field: 'Name' });
    const { stdout } = await site.isthmus('plan');
    expect(stdout).to.match(/RECORD_TOO_LONG {2}1 record .*113 characters[^]*ORD-00001-LONGNM/);
    expect(stdout).to.match(/RECORD_WAITS {2}1 record/);
  });

  it('shows a person the first records of a kind, and says how many more there are', async () => {
    const { stdout } = await site.isthmus('plan', '--limit', '2');
    expect(stdout).to.match(/… and \d+ more to create/);
    expect(stdout).to.match(/^\d+ to create; 1 waiting, \d quarantined\. 4 requests to write\.$/m);
  });

  it('is a document for a review: totals, what is created, what is kept back', async () => {
    const { stdout, status } = await site.isthmus('plan', '--markdown');
    expect(status).to.equal(4);
    expect(stdout).to.match(/^# Plan\n/);
    expect(stdout).to.match(/^\| contracts \| projects \| \d+ \| \d+ \| 0 \|/m);
    expect(stdout).to.match(/^### Create \(\d+\)\n\n\| Record \| Fields \|\n/m);
    expect(stdout).to.match(/^### Kept back\n\n\| Cause \|/m);
    expect(stdout).to.contain('| RECORD_TOO_LONG | 1 |');
  });

  it('is what the run then does: the same records, the same fields, as many requests', async () => {
    const { records, totals } = await madePlan(site);
    relay.passages.length = 0;
    const result = await site.run();
    const planned = records.filter(({ action }) => action === 'create');
    const writes = writesIn(relay.passages);
    expect(writes.map(({ method }) => method)).to.deep.equal(planned.map(() => 'POST'));
    const keysOf = (rows: readonly unknown[]) =>
      rows.map((row) => keyIn(row as Record<string, unknown>)).sort((a, b) => (a < b ? -1 : 1));
    expect(keysOf(writes.map(({ body }) => body))).to.deep.equal(keysOf(planned.map(({ fields }) => fields)));
    const names = (fields: object): string => Object.keys(fields).sort().join();
    const sent = new Set(writes.map(({ body }) => names({ ...(body as object), dataAreaId: '' })));
    for (const { fields = {} } of planned) {
      expect([...sent].some((set) => names({ ...fields, dataAreaId: '' }).includes(set))).to.equal(true);
    }
    const requests = totals.reduce((sum, { requests: number = 0 }) => sum + number, 0);
    expect(
      relay.passages.filter(({ body }) => writesIn([{ method: '', path: '$batch', body }]).length > 0),
    ).to.have.length(requests);
    // What F&O refuses, nobody can know beforehand.
    const { created, quarantined, deferred } = totalsOf(result);
    const sum = (name: string): number => totals.reduce((all, task) => all + (task[name] ?? 0), 0);
    expect(created + quarantined).to.equal(sum('created') + sum('quarantined'));
    expect(deferred).to.equal(sum('deferred'));
  });

  it('ends with 0 where there is nothing to write', async () => {
    const ended = await site.isthmus('plan');
    expect(ended.status).to.equal(0);
    expect(ended.stdout).to.contain('Nothing to write.');
    expect(await madePlan(site)).to.deep.include({ status: 0, records: [] });
  });

  it('shows an update field by field, old and new value, and no field that is right already', async () => {
    const number = 'ORD-00002-ODDCHR';
    const { salesorderid } = await order(number);
    const { Name: old } = await contract(number);
    await psa.update(`salesorders(${salesorderid})`, { name: 'Renamed' });
    const { records, status } = await madePlan(site);
    expect(status).to.equal(4);
    expect(records).to.have.length(1);
    expect(records[0]).to.deep.include({
      action: 'update',
      record: number,
      changes: { Name: { from: old, to: 'Renamed' } },
    });
    const { stdout } = await site.isthmus('plan');
    expect(stdout).to.match(/^ {2}~ us.. ORD-00002-ODDCHR\n {6}Name: .* → Renamed$/m);
    expect(stdout).to.contain('1 to update. 1 request to write.');
    await site.run();
  });

  it('sees with --full what has been changed by hand in F&O, and nothing that F&O works out by itself', async () => {
    const number = 'ORD-00003-NOCUST';
    const { dataAreaId, Name: right } = await contract(number);
    const key = { dataAreaId: String(dataAreaId), ProjectContractID: number };
    await finopsOf(sandbox).update(finopsPath('ProjCDSProjectContracts', key), { Name: 'By hand' });
    expect((await madePlan(site)).status).to.equal(0);
    const { records } = await madePlan(site, '--full');
    const updates = records.filter(({ action }) => action === 'update');
    expect(updates.map(({ record, changes }) => ({ record, changes }))).to.deep.equal([
      { record: number, changes: { Name: { from: 'By hand', to: right } } },
    ]);
    await finopsOf(sandbox).update(finopsPath('ProjCDSProjectContracts', key), { Name: right ?? '' });
  });

  it('names every record that needs nothing, as many as the totals say, to programs; the saved plan does not', async () => {
    const { unchanged, totals } = await madePlan(site, '--full');
    expect(unchanged).to.have.length.above(20);
    for (const { task, unchanged: count } of totals) {
      expect(unchanged.filter((line) => line.task === task)).to.have.length(count ?? 0);
    }
    const { legalEntity, sourceId } = unchanged.find(({ record }) => record === 'ORD-00002-ODDCHR') ?? {};
    expect(legalEntity).to.match(/^us(mf|si)$/);
    expect(sourceId).to.equal((await order('ORD-00002-ODDCHR')).salesorderid);
    await site.isthmus('plan', '--full', '--out', 'full.plan');
    expect(readFileSync(site.path('full.plan'), 'utf8')).not.to.contain('"action":"unchanged"');
  });

  it('of a record that waited: its creation, as soon as the row that it waits for is planned as well', async () => {
    const LONG_NAMED = 'salesorders(a0000000-0000-4000-8000-000000000011)';
    await createProject(psa, 'PRJ-90001-WAITER', 'ORD-00001-LONGNM');
    const waiting = (await madePlan(site)).records.find(({ record }) => record === 'PRJ-90001-WAITER');
    expect(waiting?.action).to.equal('defer');
    await psa.update(LONG_NAMED, { name: 'Short enough' });
    const { records } = await madePlan(site);
    expect(records.map(({ action, record }) => `${action} ${record}`)).to.include.members([
      'create ORD-00001-LONGNM',
      'create PRJ-90001-WAITER',
    ]);
  });

  it('does not save a plan that could not be made whole', async () => {
    await site.isthmus('plan', '--out', PLAN);
    const before = readFileSync(site.path(PLAN), 'utf8');
    site.edit(({ connectionSets: { main } }) => (main.organizations = { 'Contoso US': 'NONE' }));
    const ended = await site.isthmus('plan', '--out', PLAN);
    site.edit(({ connectionSets: { main } }) => {
      main.organizations = { 'Contoso US': 'USSI', 'Contoso Global': 'USMF' };
    });
    expect(ended.status, ended.stdout).to.be.oneOf([1, 2]);
    expect(ended.stderr).to.contain('PREREQUISITES_MISSING');
    expect(readFileSync(site.path(PLAN), 'utf8')).to.equal(before);
  });
});

const KEYS = ['ProjectContractID', 'ProjectID', 'TransactionId'];

const keyIn = (row: Readonly<Record<string, unknown>>): string => {
  // Contracts and projects both name a contract; a project is known by its own number.
  const key = ['ProjectID', ...KEYS].find((name) => row[name] !== undefined) ?? '';
  return `${key} ${String(row[key])}`;
};
