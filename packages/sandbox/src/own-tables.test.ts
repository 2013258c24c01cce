import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startWithClient, type Json, type SandboxClient } from './client.test.support.js';
import { importOf, jobsOf, packageOf, statusOf } from './finops/data-management/package.test.support.js';
import { startSandbox, type SandboxOptions } from './index.js';

const noResource = (url: string): string => `No HTTP resource was found that matches the request URI '${url}'.`;

/** A customer's solution: a table of its own, and a few columns of others. */
const tables: NonNullable<SandboxOptions['dataverse']>['tables'] = [
  {
    name: 'new_costcentre',
    primaryName: 'new_name',
    columns: [
      { name: 'new_name', type: 'text', maxLength: 20, required: true },
      { name: 'new_budget', type: 'money' },
      { name: 'new_kind', type: 'choice', options: { 1: 'Staff', 2: 'Line' } },
      { name: 'new_opened', type: 'date' },
    ],
    lookups: [{ name: 'new_parent', targets: ['new_costcentre'], navigation: 'new_Parent' }],
  },
  {
    name: 'msdyn_project',
    columns: [{ name: 'new_risk', type: 'decimal', scale: 3 }],
    lookups: [{ name: 'new_costcentre', targets: ['new_costcentre'] }],
  },
];

const entities: NonNullable<SandboxOptions['finops']>['entities'] = [
  {
    aotName: 'NewCostCentreEntity',
    name: 'NewCostCentre',
    collection: 'NewCostCentres',
    label: 'Cost centres',
    key: ['CentreId'],
    fields: [
      { name: 'CentreId', type: 'text', maxLength: 10 },
      { name: 'Budget', type: 'real' },
      { name: 'OpenedOn', type: 'date' },
      { name: 'IsClosed', type: 'enumeration' },
    ],
  },
  { aotName: 'ProjCDSProjectEntity', fields: [{ name: 'NewCostCentre', type: 'text' }] },
  { aotName: 'PaymentTermEntity', collection: 'PaymentTermsV2', label: 'Payment terms', fields: [] },
  { aotName: 'ProjectGroupEntity', public: false, fields: [] },
  {
    aotName: 'NewShelfEntity',
    label: 'Shelves',
    public: false,
    perCompany: false,
    key: ['ShelfId'],
    fields: [{ name: 'ShelfId', type: 'text' }],
  },
];

describe('tables and entities that a customer has added', () => {
  let client: SandboxClient;
  before(async () => {
    client = await startWithClient({ scale: 0.1, dataverse: { tables }, finops: { entities } });
  });
  after(() => client.sandbox.stop());

  const created = async (set: string, body: Json): Promise<string> =>
    (await client.psa('POST', set, { body })).headers.get('odata-entityid') ?? '';

  it('are tables as all others are: keys, lookups, money, choices, lengths', async () => {
    const parent = await created('new_costcentres', { new_name: 'Parent' });
    const own = await created('new_costcentres', {
      new_name: 'Own',
      new_budget: 100.5,
      new_kind: 2,
      new_opened: '2026-01-31',
      'new_Parent@odata.bind': parent,
    });
    const row = await client.psa('GET', `${own}?$expand=new_Parent($select=new_name)`, {
      headers: { prefer: 'odata.include-annotations="*"' },
    });
    expect(row.json).to.include({
      new_name: 'Own',
      new_budget: 100.5,
      new_budget_base: 100.5,
      new_opened: '2026-01-31',
    });
    expect(row.json).to.include({ 'new_kind@OData.Community.Display.V1.FormattedValue': 'Line', statecode: 0 });
    expect(row.json.new_Parent.new_name).to.equal('Parent');
    for (const wrong of [{ new_name: 'x'.repeat(21) }, { new_name: 'x', new_kind: 3 }, { new_budget: 1 }]) {
      expect((await client.psa('POST', 'new_costcentres', { body: wrong })).status).to.equal(400);
    }
  });

  it('may be more of a table that is there, whose rows then lack it', async () => {
    const centre = await created('new_costcentres', { new_name: 'Centre' });
    const [project] = (await client.psa('GET', 'msdyn_projects?$select=new_risk&$top=1')).json.value;
    expect(project.new_risk).to.equal(null);
    const address = `msdyn_projects(${project.msdyn_projectid})`;
    const change = { new_risk: 0.125, 'new_costcentre@odata.bind': centre };
    expect((await client.psa('PATCH', address, { body: change })).status).to.equal(204);
    const filter = "new_costcentre/new_name eq 'Centre'";
    expect((await client.psa('GET', `msdyn_projects?$select=new_risk&$filter=${filter}`)).json.value).to.have.length(1);
  });

  it('are described, and tracked', async () => {
    const definition = await client.psa('GET', "EntityDefinitions(LogicalName='new_costcentre')?$expand=Attributes");
    expect(definition.json).to.include({ EntitySetName: 'new_costcentres', ChangeTrackingEnabled: true });
    expect(definition.json.Attributes.map(({ LogicalName }: Json) => LogicalName)).to.include('new_budget_base');
    expect((await client.psa('GET', '$metadata')).text).to.contain('<EntityType Name="new_costcentre">');
  });

  it('are entities of F&O as all others are', async () => {
    const body = { CentreId: 'C-1', Budget: 10, dataAreaId: 'usmf' };
    const first = await client.finops('POST', 'NewCostCentres', { body });
    expect(first.status).to.equal(201);
    expect(first.json).to.include({ IsClosed: 'No', OpenedOn: '1900-01-01T12:00:00Z', dataAreaId: 'usmf' });
    expect((await client.finops('POST', 'NewCostCentres', { body })).status).to.equal(400);
    expect((await client.finops('POST', 'NewCostCentres', { body: { Budget: 1 } })).status).to.equal(400);
    expect((await client.finops('GET', '$metadata')).text).to.contain('<EntityType Name="NewCostCentre">');
    expect((await client.finops('GET', '$metadata')).text).to.contain(
      '<Property Name="NewCostCentre" Type="Edm.String"',
    );
  });

  it('B4: actions added by extension are not supported, of an own entity or of one that is there', async () => {
    const { finops, sandbox } = client;
    for (const path of ['NewCostCentres', "NewCostCentres(dataAreaId='usmf',CentreId='C-1')", 'CustomersV3']) {
      const action = `${path}/Microsoft.Dynamics.DataEntities.newCloseAll`;
      const { status, json } = await finops('POST', action, { body: {} });
      expect(status, path).to.equal(404);
      expect(json).to.deep.equal({ Message: noResource(`${sandbox.finops.url}/data/${action}`) });
    }
  });

  it('may give an entity that is there another collection and another label', async () => {
    const { finops, sandbox } = client;
    expect((await finops('GET', 'PaymentTermsV2?$top=1')).json.value[0]).to.include.keys('Name', 'NumberOfDays');
    expect((await finops('GET', 'PaymentTerms')).status).to.equal(404);
    const known = (await finops('GET', `${sandbox.finops.url}/Metadata/DataEntities`)).json.value;
    const { LabelId, PublicCollectionName } = known.find(({ Name }: Json) => Name === 'PaymentTermEntity');
    const label = await finops('GET', `${sandbox.finops.url}/Metadata/Labels(Id='${LabelId}',Language='en-us')`);
    expect([PublicCollectionName, label.json.Value]).to.deep.equal(['PaymentTermsV2', 'Payment terms']);
  });

  it('B1: only entities flagged public are exposed: OData knows no others, whether new or not', async () => {
    const { finops, sandbox } = client;
    const root = (await finops('GET', '')).json.value.map(({ name }: Json) => name);
    expect(root).to.include('NewCostCentres').and.not.include.members(['NewShelfEntity', 'ProjectGroups']);
    const metadata = (await finops('GET', '$metadata')).text;
    expect(metadata)
      .to.contain('NewCostCentre')
      .and.not.match(/NewShelf|DataEntities\.ProjectGroup\b/);
    for (const set of ['NewShelfEntity', 'NewShelfs', 'ProjectGroups']) {
      const { status, json } = await finops('GET', set);
      expect([status, json], set).to.deep.equal([404, { Message: noResource(`${sandbox.finops.url}/data/${set}`) }]);
    }
    expect((await finops('POST', 'NewShelfEntity', { body: { ShelfId: '1' } })).status).to.equal(404);
    expect((await finops('GET', 'ProjCDSProjects?$expand=Group')).status).to.equal(400);
    const known = (await finops('GET', `${sandbox.finops.url}/Metadata/DataEntities`)).json.value;
    const flags = ({ DataServiceEnabled, DataManagementEnabled }: Json) => [DataServiceEnabled, DataManagementEnabled];
    const named = (name: string) => known.find(({ Name }: Json) => Name === name);
    expect(flags(named('NewShelfEntity'))).to.deep.equal([false, true]);
    expect(flags(named('NewCostCentreEntity'))).to.deep.equal([true, true]);
  });

  it('B1: data management knows them by their label', async () => {
    const executionId = 'shelves';
    await importOf(client, packageOf(['SHELFID'], [['S-1']], { entityName: 'Shelves' }), { executionId });
    expect(await statusOf(client, executionId)).to.equal('Succeeded');
    expect((await jobsOf(client, executionId))[0]).to.include({ EntityName: 'Shelves', TargetRecordsCreatedCount: 1 });
  });

  const wrong: [what: string, options: SandboxOptions][] = [
    [
      'a lookup that leads nowhere',
      { dataverse: { tables: [{ name: 'a', lookups: [{ name: 'b', targets: ['c'] }] }] } },
    ],
    [
      'a column that is there',
      { dataverse: { tables: [{ name: 'account', columns: [{ name: 'name', type: 'text' }] }] } },
    ],
    ['a set that is taken', { dataverse: { tables: [{ name: 'new_a', set: 'accounts' }] } }],
    ['a choice of nothing', { dataverse: { tables: [{ name: 'a', columns: [{ name: 'b', type: 'choice' }] }] } }],
    ['another set for a table that is there', { dataverse: { tables: [{ name: 'account', set: 'firms' }] } }],
    ['another kind of a table that is there', { dataverse: { tables: [{ name: 'account', kind: 'elastic' }] } }],
    ['a primary name that is no column', { dataverse: { tables: [{ name: 'a', primaryName: 'b' }] } }],
    ['an entity without a key', { finops: { entities: [{ aotName: 'A', name: 'A', collection: 'As', fields: [] }] } }],
    [
      'a collection that is taken',
      {
        finops: {
          entities: [
            { aotName: 'A', name: 'A', collection: 'CustomersV3', key: ['B'], fields: [{ name: 'B', type: 'text' }] },
          ],
        },
      },
    ],
    ...(['name', 'key', 'perCompany'] as const).map((what): [string, SandboxOptions] => {
      const value = { name: 'Money', key: ['Name'], perCompany: true }[what];
      const entity = { aotName: 'CurrencyEntity', [what]: value, fields: [] };
      return [`another ${what} of an entity that is there`, { finops: { entities: [entity] } }];
    }),
    [
      'a label that is taken',
      { finops: { entities: [{ aotName: 'CurrencyEntity', label: 'Customers V3', fields: [] }] } },
    ],
    [
      'a field that is there',
      { finops: { entities: [{ aotName: 'CurrencyEntity', fields: [{ name: 'Name', type: 'text' }] }] } },
    ],
  ];
  for (const [what, options] of wrong) {
    it(`are refused: ${what}`, async () => {
      const failure = await startSandbox({ empty: true, ...options }).catch((thrown: unknown) => thrown);
      expect(failure).to.include({ code: 'SANDBOX_OPTION_INVALID' });
    });
  }
});

describe('a folder with rows of such tables', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'isthmus-own-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  const withClient = async (options: SandboxOptions, work: (client: SandboxClient) => Promise<void>): Promise<void> => {
    const client = await startWithClient({ folder, ...options });
    try {
      await work(client);
    } finally {
      await client.sandbox.stop();
    }
  };

  it('keeps them, and is not opened without them: its rows would be lost', async () => {
    await withClient({ empty: true, dataverse: { tables } }, async ({ psa }) => {
      await psa('POST', 'new_costcentres', { body: { new_name: 'Kept' } });
    });
    const failure = await startSandbox({ folder }).catch((thrown: unknown) => thrown);
    expect(failure).to.include({ code: 'SANDBOX_OPTION_INVALID' });
    expect(String(failure)).to.contain('new_costcentres');
    await withClient({ dataverse: { tables } }, async ({ psa }) => {
      expect((await psa('GET', 'new_costcentres')).json.value.map((row: Json) => row.new_name)).to.deep.equal(['Kept']);
    });
  });

  it('gives rows of F&O that were written before a field was there its empty value', async () => {
    const body = { CurrencyCode: 'XTS', Name: 'Test' };
    await withClient({ dataverse: { tables } }, async ({ finops }) => {
      await finops('POST', 'Currencies', { body });
    });
    const more = [{ aotName: 'CurrencyEntity', fields: [{ name: 'NewNote', type: 'text' as const }] }];
    await withClient({ dataverse: { tables }, finops: { entities: more } }, async ({ finops }) => {
      expect((await finops('GET', "Currencies(CurrencyCode='XTS')")).json.NewNote).to.equal('');
    });
  });
});
