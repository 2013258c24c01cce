import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Controls, isWrite } from '../support/controls.js';
import { finopsOf, finopsPath, tableOf } from '../support/finops.js';
import { startRelay, writesIn, type Relay } from '../support/relay.js';
import { totalsOf, type HeldLine } from '../support/run-result.js';
import { psaOf, type Row, type Service } from '../support/service.js';
import { Site } from '../support/site.js';

const NOTHING = { created: 0, updated: 0, deleted: 0, deferred: 0, quarantined: 0 };

const LONG_NAMED = 'salesorders(a0000000-0000-4000-8000-000000000011)';
const LONG_NAMED_NUMBER = 'ORD-00001-LONGNM';

describe('Contracts flow from PSA to F&O: later runs', () => {
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
    await site.run();
  });

  beforeEach(() => {
    relay.passages.length = 0;
  });

  after(async () => {
    await relay.close();
    await sandbox.stop();
  });

  const contract = async (number: string): Promise<Row | undefined> =>
    (await tableOf(sandbox, 'ProjCDSProjectContracts')).find((row) => row['ProjectContractID'] === number);
  const held = async (): Promise<HeldLine[]> => (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
  const anyOrder = async (): Promise<Row> => {
    const [order] = await psa.rows("salesorders?$filter=ordernumber eq 'ORD-00002-ODDCHR'");
    return order ?? {};
  };

  it('a second run finds nothing to do, and sends F&O nothing but questions', async () => {
    await controls.forgetRequests();
    const ended = await site.isthmus('run', '--json');
    const result = ended.json<Parameters<typeof totalsOf>[0]>();
    expect(totalsOf(result)).to.deep.include({ ...NOTHING, read: 0 });
    const requests = await controls.requests();
    expect(requests.length).to.be.greaterThan(4);
    expect(requests.filter(isWrite)).to.deep.equal([]);
  });

  it('a run stays a warning as long as records are held back, even where it meets none of them', async () => {
    const ended = await site.isthmus('run', '--json');
    expect(ended.status).to.equal(3);
    expect(ended.json()).to.include({ status: 'warning', balanced: true });
  });

  it('a row that has changed in PSA costs one update, with the fields that have changed and no others', async () => {
    const { salesorderid, paymenttermscode } = await anyOrder();
    const [code, terms] = paymenttermscode === 3 ? [1, 'Net30'] : [3, 'Net45'];
    await psa.update(`salesorders(${salesorderid})`, { name: 'Renamed', paymenttermscode: code });
    const result = await site.run();
    expect(totalsOf(result)).to.include({ read: 1, updated: 1, created: 0 });
    const writes = writesIn(relay.passages);
    expect(writes.map(({ method, body }) => ({ method, body }))).to.deep.equal([
      { method: 'PATCH', body: { Name: 'Renamed', PaymentTerms: terms } },
    ]);
    expect(writes[0]?.path).to.contain("ProjectContractID='ORD-00002-ODDCHR'");
    expect(await contract('ORD-00002-ODDCHR')).to.include({ Name: 'Renamed', PaymentTerms: terms });
  });

  it('a change in PSA that no field maps costs no write', async () => {
    const { salesorderid } = await anyOrder();
    await psa.update(`salesorders(${salesorderid})`, { description: 'Nobody maps this.' });
    expect(totalsOf(await site.run())).to.include({ read: 1, unchanged: 1, updated: 0 });
    expect(writesIn(relay.passages)).to.deep.equal([]);
  });

  it('a quarantined record that is put right in PSA is delivered by the next run, and what waits for it in the same one', async () => {
    const order = (await psa.rows(`salesorders?$filter=ordernumber eq '${LONG_NAMED_NUMBER}'`))[0] ?? {};
    const [project] = await psa.rows(`msdyn_projects?$filter=msdynce_projectnumber eq 'PRJ-00003-NODATE'`);
    await psa.create('msdyn_projects', {
      msdyn_subject: 'Waits for its contract',
      msdyn_calendarid: 'standard',
      msdynce_projectnumber: 'PRJ-90001-WAITER',
      'msdyn_salesorderid@odata.bind': `salesorders(${order['salesorderid']})`,
      'msdyn_customer@odata.bind': `accounts(${project?.['_msdyn_customer_value']})`,
      'msdyn_contractorganizationalunitid@odata.bind': `msdyn_organizationalunits(${order['_msdyn_contractorganizationalunitid_value']})`,
    });
    expect(totalsOf(await site.run())).to.include({ read: 1, deferred: 1, created: 0 });
    const waiting = (await held()).find(({ key }) => key === 'PRJ-90001-WAITER');
    expect(waiting?.waitsFor).to.deep.include({ task: 'project-contracts', key: LONG_NAMED_NUMBER.toLowerCase() });

    await psa.update(LONG_NAMED, { name: 'Short enough' });
    const result = await site.run();
    expect(totalsOf(result)).to.include({ created: 2, deferred: 0, quarantined: 0 });
    expect(await contract(LONG_NAMED_NUMBER)).to.include({ Name: 'Short enough' });
    const delivered = (await tableOf(sandbox, 'ProjCDSProjects')).find(
      (row) => row['ProjectID'] === 'PRJ-90001-WAITER',
    );
    expect(delivered).to.include({ ProjectContractID: LONG_NAMED_NUMBER });
    const keys = (await held()).map(({ key }) => key);
    expect(keys).not.to.include.members([LONG_NAMED_NUMBER]).and.not.to.include.members(['PRJ-90001-WAITER']);
  });

  it('a record that F&O has refused is delivered by --retry once F&O has what it lacked', async () => {
    const [customer] = await tableOf(sandbox, 'CustomersV3');
    const { '@odata.etag': _etag, ...row } = customer ?? {};
    const [order] = (await held()).filter(({ key }) => key === 'ORD-00004-NEWCUS');
    await finopsOf(sandbox).create('CustomersV3', {
      ...row,
      dataAreaId: order?.legalEntity ?? '',
      CustomerAccount: 'US-NEWCOMER',
    });
    expect(totalsOf(await site.run('--retry'))).to.include({ created: 1 });
    expect(await contract('ORD-00004-NEWCUS')).to.include({ CustomerAccount: 'US-NEWCOMER' });
  });

  it('--full reads every row and writes none', async () => {
    const result = await site.run('--full');
    const { read, unchanged, filtered, deferred, quarantined } = totalsOf(result);
    expect(unchanged).to.be.greaterThan(30);
    expect(read).to.equal(unchanged + filtered + deferred + quarantined);
    expect(totalsOf(result)).to.include({ created: 0, updated: 0 });
    expect(writesIn(relay.passages)).to.deep.equal([]);
  });

  it('a row that is deleted in PSA stays in F&O, and is waited for no longer', async () => {
    const waiting = 'a0000000-0000-4000-8000-000000000041';
    expect((await held()).map(({ sourceId }) => sourceId)).to.include(waiting);
    await psa.remove(`msdyn_contractlinescheduleofvalues(${waiting})`);
    const before = await tableOf(sandbox, 'ProjCDSContractLineMilestoneImports');
    expect(await site.run()).to.include({ balanced: true });
    expect((await held()).map(({ sourceId }) => sourceId)).not.to.include(waiting);
    expect(await tableOf(sandbox, 'ProjCDSContractLineMilestoneImports')).to.deep.equal(before);
  });

  it('a row that has been changed by hand in F&O is left alone until PSA changes it', async () => {
    const number = 'ORD-00002-ODDCHR';
    const { dataAreaId } = (await contract(number)) ?? {};
    const key = { dataAreaId: String(dataAreaId), ProjectContractID: number };
    await finopsOf(sandbox).update(finopsPath('ProjCDSProjectContracts', key), {
      CustomerReference: 'By hand',
      Name: 'By hand',
    });
    expect(totalsOf(await site.run())).to.include({ read: 0, updated: 0 });
    const { salesorderid } = await anyOrder();
    await psa.update(`salesorders(${salesorderid})`, { name: 'By PSA' });
    expect(totalsOf(await site.run())).to.include({ updated: 1 });
    expect(await contract(number)).to.include({ Name: 'By PSA', CustomerReference: 'By hand' });
  });

  it('an expired change token leads to a full read, which is said, and to no write', async () => {
    await controls.expireDeltaTokens();
    const ended = await site.isthmus('run');
    expect(ended.status).to.equal(3);
    expect(ended.stderr).to.match(/change token has expired; every row is read instead/);
    expect(writesIn(relay.passages)).to.deep.equal([]);
    expect(totalsOf(await site.run())).to.include({ read: 0 });
  });

  it('a held row that was deleted in PSA before the change token expired is held no longer', async () => {
    const ghost = 'a0000000-0000-4000-8000-000000000015';
    expect((await held()).map(({ sourceId }) => sourceId)).to.include(ghost);
    await psa.remove(`salesorders(${ghost})`);
    await controls.expireDeltaTokens();
    await site.run();
    expect((await held()).map(({ sourceId }) => sourceId)).not.to.include(ghost);
  });
});
