import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Controls } from '../support/controls.js';
import { finopsOf, tableOf } from '../support/finops.js';
import { startRelay } from '../support/relay.js';
import { totalsOf, type HeldLine } from '../support/run-result.js';
import { psaOf, type Service } from '../support/service.js';
import { Site } from '../support/site.js';

const ITEM_BASED = 192350000;
const WORK_BASED = 192350001;
const ORDER = 'b0000000-0000-4000-8000-000000000001';
const LINE = 'b0000000-0000-4000-8000-000000000002';

/** An answer as somebody gets it who may not read one of the rows. */
function without(body: string, id: string, hidden: unknown): string {
  const answer = JSON.parse(body) as { value?: Record<string, unknown>[] };
  return answer.value ? JSON.stringify({ ...answer, value: answer.value.filter((row) => row[id] !== hidden) }) : body;
}

describe('Contracts flow from PSA to F&O: what a row refers to', () => {
  let sandbox: RunningSandbox;
  let psa: Service;
  let site: Site;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.2 });
    psa = psaOf(sandbox);
    site = new Site(sandbox);
    const [account] = await psa.rows('accounts?$select=accountid&$top=1');
    await psa.create('salesorders', {
      salesorderid: ORDER,
      ordernumber: 'ORD-09001-LATER1',
      name: 'Sold as goods at first',
      msdyn_ordertype: ITEM_BASED,
      'customerid_account@odata.bind': `/accounts(${String(account?.['accountid'])})`,
      'transactioncurrencyid@odata.bind': "/transactioncurrencies(isocurrencycode='USD')",
      'msdyn_ContractOrganizationalUnitId@odata.bind': "/msdyn_organizationalunits(msdyn_name='Contoso US')",
    });
    await psa.create('salesorderdetails', {
      salesorderdetailid: LINE,
      productdescription: 'Advice',
      sequencenumber: 1,
      msdyn_billingmethod: 192350000,
      'salesorderid@odata.bind': `/salesorders(${ORDER})`,
    });
    await site.run();
  });

  after(() => sandbox.stop());

  const lines = async (): Promise<unknown[]> =>
    (await tableOf(sandbox, 'ProjCDSContractLineImports')).map((row) => row['TransactionId']);

  const tied = async (): Promise<unknown[]> =>
    (await tableOf(sandbox, 'ProjCDSProjects')).map((row) => [row['ProjectID'], row['ProjectContractID']]);

  it('an order that becomes a project contract brings along its lines, which have not changed themselves', async () => {
    expect(await lines()).not.to.include(LINE);
    await psa.update(`salesorders(${ORDER})`, { msdyn_ordertype: WORK_BASED });
    expect(totalsOf(await site.run())).to.include({ created: 2, updated: 0 });
    expect(await lines()).to.include(LINE);
  });

  it('a contract that gets another name does not bring along its lines: what they read of it is the same', async () => {
    const controls = new Controls(sandbox);
    const read = async (): Promise<string[]> => {
      await controls.forgetRequests();
      expect(totalsOf(await site.run())).to.include({ read: 1, updated: 1 });
      const urls = (await controls.requests()).map(({ url }) => decodeURIComponent(url));
      return urls.filter((url) => /(salesorderdetails|msdyn_projects|scheduleofvalues)\?/.test(url));
    };
    await psa.update(`salesorders(${ORDER})`, { name: 'Another name' });
    // Each table is asked for its changes; no row is asked for by what it refers to.
    const asked = await read();
    expect(asked).not.to.deep.equal([]);
    for (const url of asked) expect(url).not.to.contain('filter');
  });

  it('lines of an order that was delivered alone are read by the next run, however the order looked to them then', async () => {
    const line = `salesorderdetails(${LINE})`;
    await psa.update(`salesorders(${ORDER})`, { msdyn_ordertype: ITEM_BASED });
    await site.run();
    await psa.update(line, { productdescription: 'Changed while it was left out' });
    expect(totalsOf(await site.run())).to.include({ read: 1, filtered: 1 });
    await psa.update(`salesorders(${ORDER})`, { msdyn_ordertype: WORK_BASED });
    // The contract alone is carried out; nothing of what was learnt of it is taken over.
    await site.isthmus('run', 'contracts', '--json', '--only', 'ORD-09001-LATER1');
    const described = async (): Promise<unknown> =>
      (await tableOf(sandbox, 'ProjCDSContractLineImports')).find((row) => row['TransactionId'] === LINE);
    expect(await described()).not.to.include({ Description: 'Changed while it was left out' });
    await site.run();
    expect(await described()).to.include({ Description: 'Changed while it was left out' });
  });

  it('a row that is deleted and entered again under its number is the same row to F&O', async () => {
    const again = 'b0000000-0000-4000-8000-000000000003';
    const [order] = await psa.rows(`salesorders?$filter=salesorderid eq ${ORDER}`);
    await psa.remove(`salesorderdetails(${LINE})`);
    await psa.remove(`salesorders(${ORDER})`);
    await psa.create('salesorders', {
      salesorderid: again,
      ordernumber: 'ORD-09001-LATER1',
      name: 'Entered again',
      msdyn_ordertype: WORK_BASED,
      'customerid_account@odata.bind': `/accounts(${String(order?.['_customerid_value'])})`,
      'transactioncurrencyid@odata.bind': "/transactioncurrencies(isocurrencycode='USD')",
      'msdyn_ContractOrganizationalUnitId@odata.bind': "/msdyn_organizationalunits(msdyn_name='Contoso US')",
    });
    expect(totalsOf(await site.run())).to.include({ created: 0, updated: 1, quarantined: 0 });
  });

  it('--full finds out what is missing from F&O, and puts it there', async () => {
    const before = await lines();
    const [first] = await tableOf(sandbox, 'ProjCDSContractLineMilestoneImports');
    const company = String(first?.['dataAreaId']);
    const key = `dataAreaId='${company}',TransactionId=${String(first?.['TransactionId'])}`;
    await finopsOf(sandbox).remove(`ProjCDSContractLineMilestoneImports(${key})?cross-company=true`);
    expect(totalsOf(await site.run())).to.include({ created: 0 });
    expect(totalsOf(await site.run('--full'))).to.include({ created: 1, updated: 0 });
    expect(await lines()).to.deep.equal(before);
  });

  it('a lookup to a row that may not be read holds the record, and does not cut its tie in F&O', async () => {
    const before = await tied();
    const [project] = await psa.rows('msdyn_projects?$filter=_msdyn_salesorderid_value ne null&$top=1');
    const order = project?.['_msdyn_salesorderid_value'];
    const relay = await startRelay(sandbox, 'psa', {
      answer: (body, { path }) => (path.includes('/salesorders?') ? without(body, 'salesorderid', order) : body),
    });
    const direct = { url: sandbox.psa.url, tokenUrl: sandbox.token.url };
    try {
      site.edit(({ connections }) => Object.assign(connections.psa, relay.address));
      expect(totalsOf(await site.run('--full'))).to.include({ created: 0, updated: 0 });
      expect(await tied()).to.deep.equal(before);
      const held = (await site.isthmus('errors', '--json', '--task', 'projects')).jsonLines<HeldLine>();
      expect(held.map(({ code }) => code)).to.include('RECORD_REFERENCE_UNREADABLE');
    } finally {
      site.edit(({ connections }) => Object.assign(connections.psa, direct));
      await relay.close();
    }
  });

  it('a project whose order is deleted keeps its tie in F&O: PSA has forgotten it, and no contract is no project', async () => {
    const before = await tied();
    const [project] = await psa.rows('msdyn_projects?$filter=_msdyn_salesorderid_value ne null&$top=1');
    await psa.remove(`salesorders(${String(project?.['_msdyn_salesorderid_value'])})`);
    expect(totalsOf(await site.run('--full'))).to.include({ created: 0, updated: 0 });
    expect(await tied()).to.deep.equal(before);
  });

  it('an override that would cut a key is refused before anything is read', async () => {
    const { status, stdout } = await new Site(sandbox, ({ integrations: { contracts } }) => {
      if (contracts) contracts.overrides = { projects: { ProjectID: { truncate: 5 } } };
    }).isthmus('run', '--json');
    expect([status, (JSON.parse(stdout) as { error: { code: string } }).error.code]).to.deep.equal([
      1,
      'MAPPING_KEY_CUT',
    ]);
  });

  it('another F&O is not taken for the one that was filled before: it gets every row', async () => {
    const other = await startSandbox({ scale: 0.2 });
    try {
      site.edit(({ connections: { finops } }) => {
        finops['url'] = other.finops.url;
        finops['tokenUrl'] = other.token.url;
      });
      const { created } = totalsOf(await site.run());
      expect(created).to.be.greaterThan(30);
      expect(await tableOf(other, 'ProjCDSProjectContracts')).to.have.length.greaterThan(5);
    } finally {
      await other.stop();
    }
  });
});
