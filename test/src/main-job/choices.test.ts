import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { tableOf, wholeTables, type Collection } from '../support/finops.js';
import type { IntegrationEntry, RcFile } from '../support/rc-file.js';
import { startRelay } from '../support/relay.js';
import { totalsOf, type HeldLine } from '../support/run-result.js';
import { psaOf, type Row } from '../support/service.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

const CONTRACTS: Collection = 'ProjCDSProjectContracts';
const MILESTONES: Collection = 'ProjCDSContractLineMilestoneImports';

/** Of the awkward order with more characters than F&O takes. */
const LONG_NAME =
  'Framework agreement for the design, construction and commissioning of packaging lines in eleven plants, phase two';

describe('Contracts flow from PSA to F&O: what the rc file may choose', () => {
  let sandbox: RunningSandbox;

  beforeEach(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
  });

  afterEach(() => sandbox.stop());

  const siteWith = (changes: Partial<IntegrationEntry>, more: (rc: RcFile) => void = () => undefined): Site =>
    new Site(sandbox, (rc) => {
      Object.assign(rc.integrations['contracts'] ?? {}, changes);
      more(rc);
    });
  const heldBy = async (site: Site): Promise<HeldLine[]> => (await site.isthmus('errors', '--json')).jsonLines();
  const contract = async (number: string): Promise<Row | undefined> =>
    (await tableOf(sandbox, CONTRACTS)).find((row) => row['ProjectContractID'] === number);

  it('version 1 finds the contract line by the text of PSA 2.x, version 2 by the lookup of PSA 3.x', async () => {
    const psa = psaOf(sandbox);
    const [byText, byLookup] = (await psa.rows('msdyn_contractlinescheduleofvalues?$filter=statecode eq 0')).map(
      (row) => String(row['msdyn_contractlinescheduleofvalueid']),
    );
    await psa.update(`msdyn_contractlinescheduleofvalues(${byText})`, { 'msdyn_ContractLineId@odata.bind': null });
    await psa.update(`msdyn_contractlinescheduleofvalues(${byLookup})`, { msdyn_contractline: null });
    const ids = async () => (await tableOf(sandbox, MILESTONES)).map((row) => row['TransactionId']);

    await siteWith({ template: 'projects-and-contracts@1' }).run();
    expect(await ids())
      .to.include(byText ?? '')
      .and.not.to.include(byLookup ?? '');
    await siteWith({ template: 'projects-and-contracts@2' }).run();
    expect(await ids()).to.include.members([byText, byLookup]);
  });

  it('optional fields are delivered only where they are switched on', async () => {
    await siteWith({ fields: ['AddressCity', 'AddressZipCode'] }).run();
    const cities = new Map(
      (await psaOf(sandbox).rows('salesorders')).map((row) => [row['ordernumber'], row['billto_city']]),
    );
    const rows = await tableOf(sandbox, CONTRACTS);
    expect(rows.length).to.be.greaterThan(4);
    for (const row of rows) {
      expect(row['AddressCity']).to.equal(cities.get(row['ProjectContractID'] ?? ''));
      expect(row['AddressZipCode']).to.be.a('string').with.length.greaterThan(1);
      expect(row['AddressLine1']).to.equal('');
    }
  });

  it('single field maps are overridden: cut, taken from elsewhere, constant, mapped otherwise, defaulted, left out', async () => {
    const overrides = {
      'project-contracts': {
        Name: { truncate: 60 },
        PaymentTerms: { valueMap: { 1: 'Net60', 2: 'Net60', 3: 'Net60', 4: 'Net60', 9: 'Net30' } },
        CustomerReference: { from: 'billto_line1' },
        SourceDataID: { off: true },
      },
      projects: { Description: { constant: 'From PSA' }, ParentId: { off: true } },
      'contract-lines': { Description: { from: 'productname', default: 'None given' } },
    };
    const site = siteWith({ overrides });
    await site.run();
    const cut = await contract('ORD-00001-LONGNM');
    expect(cut?.['Name']).to.equal(LONG_NAME.slice(0, 60));
    expect(await contract('ORD-00005-TERMS9')).to.include({ PaymentTerms: 'Net30', SourceDataID: '' });
    expect(await contract('ORD-00002-ODDCHR')).to.include({ PaymentTerms: 'Net60' });
    expect((await contract('ORD-00002-ODDCHR'))?.['CustomerReference'])
      .to.be.a('string')
      .with.length.greaterThan(3);
    const projects = await tableOf(sandbox, 'ProjCDSProjects');
    expect(new Set(projects.map((row) => row['Description']))).to.deep.equal(new Set(['From PSA']));
    const lines = await tableOf(sandbox, 'ProjCDSContractLineImports');
    expect(new Set(lines.map((row) => row['Description']))).to.deep.equal(new Set(['None given']));
  });

  it('parameters take the place of what used to be edited by hand', async () => {
    const site = siteWith({
      parameters: { sourceDataId: null, paymentTerms: { 1: 'Net60', 2: 'Net60', 3: 'Net60', 4: 'Net60' } },
    });
    await site.run();
    const rows = await tableOf(sandbox, CONTRACTS);
    expect(new Set(rows.map((row) => row['SourceDataID']))).to.deep.equal(new Set(['']));
    expect(new Set(rows.map((row) => row['PaymentTerms']))).to.deep.equal(new Set(['Net60']));
  });

  it('another parameter later on reaches the rows that were delivered before, without being asked to', async () => {
    const site = siteWith({});
    await site.run();
    site.edit(({ integrations: { contracts } }) =>
      Object.assign(contracts ?? {}, { parameters: { sourceDataId: 'Isthmus' } }),
    );
    const ended = await site.isthmus('run');
    expect(ended.stderr).to.match(/reading everything|updated/);
    const rows = [...(await tableOf(sandbox, CONTRACTS)), ...(await tableOf(sandbox, 'ProjCDSProjects'))];
    expect(new Set(rows.map((row) => row['SourceDataID']))).to.deep.equal(new Set(['Isthmus']));
  });

  it('an F&O that has published its entities under other names gets the same rows', async () => {
    const { created } = totalsOf(await new Site(sandbox).run());
    const names = { ProjCDSProjectContractEntity: 'ProjectContractsV2', ProjCDSProjectEntity: 'ProjectsV3' };
    await withSandbox({ scale: 0.1, finops: { collections: names } }, async (renamed) => {
      const site = new Site(renamed, ({ connections: { finops } }) => (finops['collections'] = names));
      expect(totalsOf(await site.run()).created).to.equal(created);
      const numbers = async (where: RunningSandbox, collection: string): Promise<unknown[]> =>
        (await tableOf(where, collection)).map((row) => row['ProjectID']).sort();
      expect(await numbers(renamed, 'ProjectsV3')).to.deep.equal(await numbers(sandbox, 'ProjCDSProjects'));
    });
  });

  it('a field is taken from a column that only this customer has', async () => {
    const tables = [{ name: 'msdyn_project', columns: [{ name: 'new_costcentre', type: 'text' as const }] }];
    await withSandbox({ scale: 0.1, dataverse: { tables } }, async (own) => {
      const [project] = await psaOf(own).rows("msdyn_projects?$filter=msdynce_projectnumber eq 'PRJ-00003-NODATE'");
      await psaOf(own).update(`msdyn_projects(${String(project?.['msdyn_projectid'])})`, { new_costcentre: 'C-17' });
      const overrides = { projects: { Description: { from: 'new_costcentre' } } };
      await new Site(own, (rc) => Object.assign(rc.integrations['contracts'] ?? {}, { overrides })).run();
      const delivered = await tableOf(own, 'ProjCDSProjects');
      expect(delivered.find((row) => row['ProjectID'] === 'PRJ-00003-NODATE')?.['Description']).to.equal('C-17');
    });
  });

  it('a unit that is mapped to null is left out, and comes when it is mapped', async () => {
    const site = siteWith({}, ({ connectionSets: { main } }) => (main.organizations['Contoso Robotics UK'] = null));
    const result = await site.run();
    expect(result.tasks[0]).to.include({ filtered: 2 });
    expect((await heldBy(site)).map(({ code }) => code)).not.to.include('ORGANIZATION_UNMAPPED');
    expect(await contract('ORD-00006-ROBOUK')).to.equal(undefined);

    site.edit(({ connectionSets: { main } }) => (main.organizations['Contoso Robotics UK'] = 'USMF'));
    expect(totalsOf(await site.run())).to.include({ created: 1, updated: 0 });
    expect(await contract('ORD-00006-ROBOUK')).to.include({ dataAreaId: 'usmf' });
  });

  it('dates are those of the time zone in which they were entered', async () => {
    await siteWith({}, ({ connectionSets: { main } }) => (main.timeZone = 'Asia/Tokyo')).run();
    const [project] = await psaOf(sandbox).rows('msdyn_projects?$filter=msdyn_scheduledend ne null');
    const evening = String(project?.['msdyn_scheduledend']);
    expect(evening).to.match(/T17:00:00Z$/);
    const nextDay = new Date(Date.parse(evening) + 86_400_000).toISOString().slice(0, 10);
    const rows = await tableOf(sandbox, 'ProjCDSProjects');
    const row = rows.find((candidate) => candidate['ProjectID'] === project?.['msdynce_projectnumber']);
    expect(row?.['ProjectedEndDate']).to.equal(`${nextDay}T12:00:00Z`);
  });

  it('the order in which PSA gives its rows makes no difference', async () => {
    const relay = await startRelay(sandbox, 'psa', { answer: backwards });
    const site = siteWith({}, ({ connections: { psa } }) => Object.assign(psa, relay.address));
    await site.run();
    await relay.close();
    const shuffled = await wholeTables(sandbox);

    const plain = await withSandbox({ scale: 0.1 }, async (other) => {
      await new Site(other).run();
      return wholeTables(other);
    });
    expect(plain['ProjCDSProjects']).to.have.length.greaterThan(4);
    expect(shuffled).to.deep.equal(plain);
  });

  it('without the plugin its template is gone from every command', async () => {
    const site = siteWith({}, (rc) => (rc.plugins = []));
    const commands = [
      ['templates', '--json'],
      ['templates', 'show', 'projects-and-contracts'],
      ['config', 'schema'],
      ['run'],
    ];
    const [list, show, schema, run] = await Promise.all(commands.map((command) => site.isthmus(...command)));
    expect(list?.json()).to.deep.equal([]);
    expect(show?.stderr).to.match(/^TEMPLATE_UNKNOWN: /);
    expect(schema?.stdout).not.to.contain('projects-and-contracts').and.not.to.contain('paymentTerms');
    expect(run?.stderr).to.match(/^CONFIG_UNKNOWN_TEMPLATE: /m);
    expect([list, show, schema, run].map((ended) => ended?.status)).to.deep.equal([0, 2, 0, 2]);
  });
});

/** The rows of every page in the opposite order. */
function backwards(body: string): string {
  if (!body.startsWith('{')) return body;
  const page = JSON.parse(body) as { value?: unknown[] };
  return JSON.stringify({ ...page, ...(page.value ? { value: page.value.reverse() } : {}) });
}
