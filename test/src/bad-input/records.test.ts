import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { expectNoStack } from '../support/complaint.js';
import { tableOf } from '../support/finops.js';
import { totalsOf, type HeldLine } from '../support/run-result.js';
import { psaOf, type Row, type Service } from '../support/service.js';
import { Site } from '../support/site.js';

/** A plugin of the customer's own, with a rule of class-validator on one field. */
const OWN_PLUGIN = `
import { Constant, From, IntegrationKey, MapEntity, Plugin, Template } from '@isthmus/core';
import { NotContains } from 'class-validator';

class Customer {}
const field = (name, ...decorators) => decorators.forEach((decorate) => decorate(Customer.prototype, name));
field('CustomerAccount', From('accountnumber'), IntegrationKey());
field('OrganizationName', From('name'), NotContains('Newcomer', { message: 'a newcomer is no customer yet' }));
field('CustomerGroupId', Constant('10'));
field('SalesCurrencyCode', From('transactioncurrencyid.isocurrencycode'));
MapEntity({ task: 'customers', title: 'Customers', source: 'accounts', sourceId: 'accountid', destination: 'CustomersV3' })(Customer);

class Customers {}
const direction = { from: 'psa', to: 'finops' };
Template({ name: 'customers', title: 'Customers', version: 1, direction, tasks: [Customer] })(Customers);

class Own {}
Plugin({ name: 'own', core: '*', templates: [Customers] })(Own);
export default Own;
`;

describe('Bad input: single records', () => {
  let sandbox: RunningSandbox;
  let psa: Service;

  beforeEach(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    psa = psaOf(sandbox);
  });

  afterEach(() => sandbox.stop());

  const heldBy = async (site: Site): Promise<HeldLine[]> => (await site.isthmus('errors', '--json')).jsonLines();
  const projectIds = async (): Promise<unknown[]> =>
    (await tableOf(sandbox, 'ProjCDSProjects')).map((row) => row['ProjectID']);
  const healthyProjects = async (): Promise<Row[]> =>
    (await psa.rows('msdyn_projects?$filter=msdyn_salesorderid/msdyn_ordertype eq 192350001')).filter(
      (row) => !String(row['msdyn_projectid']).startsWith('a0000000'),
    );

  it('a key field that is empty: the record is held, says so, and comes by itself once it is filled in', async () => {
    const site = new Site(sandbox);
    const ended = await site.isthmus('run');
    expect(ended.status).to.equal(3);
    expectNoStack(ended.stdout + ended.stderr);
    const errors = await site.isthmus('errors', '--task', 'projects');
    expect(errors.stdout).to.match(/^RECORD_KEY_EMPTY .*\n.*ProjectID is empty: msdynce_projectnumber has no value/m);
    expect(errors.stdout).to.match(/remedy +\S/);

    const id = 'a0000000-0000-4000-8000-000000000021';
    await psa.update(`msdyn_projects(${id})`, { msdynce_projectnumber: 'PRJ-90002-NUMBER' });
    expect(totalsOf(await site.run())).to.include({ read: 1, created: 1 });
    expect(await projectIds()).to.include('PRJ-90002-NUMBER');
  });

  it('a key that two rows of the source have: the first is delivered, the second held until it has its own', async () => {
    const [one, two, three] = (await healthyProjects()).map((row) => String(row['msdyn_projectid']));
    await psa.update(`msdyn_projects(${one})`, { msdyn_description: 'A' });
    await psa.update(`msdyn_projects(${two})`, { msdyn_description: 'B' });
    await psa.update(`msdyn_projects(${three})`, { msdyn_description: 'B' });
    const site = new Site(sandbox, ({ integrations: { contracts } }) =>
      Object.assign(contracts ?? {}, { overrides: { projects: { ProjectID: { from: 'msdyn_description' } } } }),
    );
    await site.run();
    expect((await projectIds()).sort()).to.deep.equal(['A', 'B']);
    const doubles = (await heldBy(site)).filter(({ code }) => code === 'RECORD_KEY_DOUBLE');
    expect(doubles).to.have.length(1);
    expect(doubles[0]?.errors[0]?.message).to.match(/key B belongs to another source row already \([-0-9a-f]{36}\)/);

    await psa.update(`msdyn_projects(${doubles[0]?.sourceId})`, { msdyn_description: 'C' });
    await site.run();
    expect((await projectIds()).sort()).to.deep.equal(['A', 'B', 'C']);
    expect((await heldBy(site)).map(({ code }) => code)).not.to.include('RECORD_KEY_DOUBLE');
  });

  it('a key that changes after delivery: the record is held, and neither moved nor made twice', async () => {
    const site = new Site(sandbox);
    await site.run();
    const [project] = await healthyProjects();
    const before = await projectIds();
    await psa.update(`msdyn_projects(${project?.['msdyn_projectid']})`, { msdynce_projectnumber: 'PRJ-90003-OTHER' });
    await site.run();
    expect(await projectIds()).to.deep.equal(before);
    const changed = (await heldBy(site)).find(({ code }) => code === 'RECORD_KEY_CHANGED');
    expect(changed?.errors[0]?.message).to.contain(String(project?.['msdynce_projectnumber']));
    expect(changed?.errors[0]?.message).to.contain('PRJ-90003-OTHER');
  });

  it('a row that breaks a rule of its template: it is held with the rule’s own words, the others go on', async () => {
    const site = new Site(sandbox, (rc) => {
      rc.plugins = ['./own.mjs'];
      rc.integrations = { customers: { template: 'customers', connectionSet: 'main' } };
      rc.connections.finops['defaultLegalEntity'] = 'usmf';
    });
    site.write('own.mjs', OWN_PLUGIN);
    expect(totalsOf(await site.run())).to.include({ read: 4, unchanged: 3, quarantined: 1 });
    const [record] = await heldBy(site);
    expect(record).to.include({ code: 'RECORD_RULE_BROKEN', key: 'US-NEWCOMER' });
    expect(record?.errors[0]?.message).to.equal('a newcomer is no customer yet');

    await psa.update(`accounts(${record?.sourceId})`, { name: 'Contoso Regular' });
    expect(totalsOf(await site.run())).to.include({ read: 1, created: 1 });
    const names = (await tableOf(sandbox, 'CustomersV3')).map((row) => row['OrganizationName']);
    expect(names).to.include('Contoso Regular');
  });

  it('a row that F&O refuses: it is held with F&O’s own words and the payload, the others go on', async () => {
    const site = new Site(sandbox);
    const result = await site.run();
    expect(result.tasks[0]).to.include({ created: 6 });
    const ended = await site.isthmus('errors', '--key', 'ORD-00004-NEWCUS', '--json');
    const record = ended.json<HeldLine & { source: Row; mapped: Row }>();
    expect(record).to.include({ code: 'FINOPS_REFERENCE_MISSING', state: 'quarantined', attempts: 1 });
    expect(record.errors[0]?.message).to.equal(
      "The value 'US-NEWCOMER' in field 'Customer account' is not found in the related table 'Customers'.",
    );
    expect(record.source).to.include({ ordernumber: 'ORD-00004-NEWCUS' });
    expect(record.mapped).to.include({ ProjectContractID: 'ORD-00004-NEWCUS', CustomerAccount: 'US-NEWCOMER' });
  });

  it('every held record says where: integration, task and record', async () => {
    const site = new Site(sandbox);
    await site.run();
    for (const { key, task, code, errors } of await heldBy(site)) {
      const { place } = errors[0] as unknown as { place: Record<string, string> };
      expect(place, `${code} of ${key}`).to.include({ integration: 'contracts', task, record: key });
    }
  });
});
