import { expect } from 'chai';
import { type Json, type SandboxClient } from '../../client.test.support.js';
import { startSandbox } from '../../index.js';
import { contract, infolog, mustCreate, startWithCompanies } from '../world.test.support.js';
import { environment } from './environment.test.support.js';

const ENUMS = 'Microsoft.Dynamics.DataEntities';

describe('protocols B1: addressing and access', () => {
  const { get, send, root, client, asOutsider } = environment();

  it('B1: the root lists the public collections', async () => {
    const { json } = await get('');
    expect(json['@odata.context']).to.equal(`${root()}/data/$metadata`);
    expect(json.value).to.deep.include({ name: 'CustomersV3', kind: 'EntitySet', url: 'CustomersV3' });
  });

  it('B1: collections are named as they are public, in their exact case; the type is the singular', async () => {
    expect((await get('customersv3')).status).to.equal(404);
    expect((await get('CustCustomerV3Entity')).status).to.equal(404);
    expect((await get('$metadata')).text).to.match(/<EntitySet Name="CustomersV3" EntityType="[\w.]+\.CustomerV3"/);
  });

  it('B1: three names of one entity; the metadata endpoint knows them all', async () => {
    const { json } = await get(`${root()}/Metadata/DataEntities`);
    const entity = json.value.find(({ Name }: Json) => Name === 'ProjCDSProjectContractEntity');
    expect(entity).to.include({
      PublicEntityName: 'ProjCDSProjectContract',
      PublicCollectionName: 'ProjCDSProjectContracts',
    });
    const label = await get(`${root()}/metadata/Labels(Id='${entity.LabelId}',Language='en-us')`);
    expect(label.json).to.include({ Language: 'en-us', Value: 'Integration entity for project contract' });
  });

  it('B1: the metadata endpoint is only to be read', async () => {
    expect((await send('POST', `${root()}/Metadata/DataEntities`, {})).status).to.equal(405);
  });

  it('B1: a key takes all of its fields, in any order, texts in quotes', async () => {
    expect((await get("CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')")).status).to.equal(200);
    expect((await get("CustomersV3(CustomerAccount='US-001',dataAreaId='usmf')")).status).to.equal(200);
    expect((await get("CustomersV3(CustomerAccount='US-001')")).status).to.equal(400);
    expect((await get("CustomersV3('US-001')")).status).to.equal(400);
  });

  it('B1: a literal of another form than that of its field is refused', async () => {
    const line = (values: string) => `ProjAdvancedJournalLines(${values})`;
    for (const path of [
      'Currencies(USD)',
      'Currencies(1)',
      "Currencies('USD'x)",
      "Currencies(Name='USD')",
      "CustomersV3(dataAreaId=usmf,CustomerAccount='US-001')",
      "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001',OrganizationName='Contoso Retail')",
      line("dataAreaId='usmf',JournalId='J',LineNumber='20'"),
      line("dataAreaId='usmf',JournalId='J',LineNumber=20.5"),
      line("dataAreaId='usmf',JournalId=J,LineNumber=20"),
      "LedgerPeriods(dataAreaId='usmf',StartDate='2026-01-01T12:00:00Z')",
      "ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType='FixedPrice')",
      "ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType=FixedPrice)",
      `ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType=${ENUMS}.NoYes'Yes')`,
      `ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType=${ENUMS}.ProjType'Nothing')`,
    ]) {
      expect((await get(path)).status, path).to.equal(400);
    }
  });

  it('B1: numbers, days and enumerations stand in a key without quotes', async () => {
    expect(
      (await get(`ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType=${ENUMS}.ProjType'FixedPrice')`)).json,
    ).to.include({
      ProjectGroup: 'FP',
    });
    await mustCreate(client(), 'LedgerPeriods', { StartDate: '2026-01-01', EndDate: '2026-01-31', Status: 'Open' });
    const period = "LedgerPeriods(dataAreaId='usmf',StartDate=2026-01-01T12:00:00Z)";
    expect((await get(period)).json).to.include({ EndDate: '2026-01-31T12:00:00Z' });
    const line = (number: string) => `ProjAdvancedJournalLines(dataAreaId='usmf',JournalId='J',LineNumber=${number})`;
    expect([(await get(line('20'))).status, (await get(line('twenty'))).status]).to.deep.equal([404, 400]);
  });

  it('B1: the name of the entity in the application shows in its error texts only', async () => {
    const refused = await send('POST', 'CustomersV3', {
      CustomerAccount: 'US-001',
      CustomerGroupId: '10',
      SalesCurrencyCode: 'USD',
    });
    expect(infolog(refused)).to.contain("table row of type 'CustCustomerV3Entity'");
    expect((await get('$metadata')).text).not.to.contain('CustCustomerV3Entity');
  });

  it('B1: a client id that is mapped to no user gets 401', async () => {
    expect((await asOutsider()).status).to.equal(401);
  });
});

describe('protocols B1: the switch for clients that nobody has mapped', () => {
  const { asOutsider } = environment({ finops: { unmappedClientStatus: 403 } });

  it('may answer them with 403', async () => {
    expect((await asOutsider()).status).to.equal(403);
  });
});

describe('protocols B6: the switch for the body of a refused sign-in', () => {
  const { get, asOutsider, root } = environment({ finops: { authFailureBody: 'message' } });

  it('B6: it may be a message alone, whatever is wrong with the token', async () => {
    const answers = [await asOutsider(), await fetch(`${root()}/data/Currencies`)];
    for (const answer of answers) {
      expect(answer.status).to.equal(401);
      expect(Object.keys((await answer.json()) as object)).to.deep.equal(['Message']);
    }
    expect((await get('Currencies?$top=x')).json).to.have.property('error');
  });
});

describe('protocols B1: names of collections that are not documented', () => {
  const collections = { ProjCDSProjectContractEntity: 'ProjectContractsV2' };
  let client: SandboxClient;
  before(async () => {
    client = await startWithCompanies({ finops: { collections } });
  });
  after(() => client.sandbox.stop());

  it('B1: an environment may have published an entity under another name', async () => {
    const created = await client.finops('POST', 'ProjectContractsV2', { body: contract() });
    expect(created.status).to.equal(201);
    expect(created.json['@odata.context']).to.match(/#ProjectContractsV2\/\$entity$/);
    expect((await client.finops('GET', 'ProjCDSProjectContracts')).status).to.equal(404);
    const { text } = await client.finops('GET', '$metadata');
    expect(text).to.contain('<EntitySet Name="ProjectContractsV2"').and.not.to.contain('"ProjCDSProjectContracts"');
    const root = await client.finops('GET', '');
    expect(root.json.value.map(({ name }: Json) => name)).to.include('ProjectContractsV2');
    const entities = await client.finops('GET', `${client.sandbox.finops.url}/Metadata/DataEntities`);
    const own = entities.json.value.find(({ Name }: Json) => Name === 'ProjCDSProjectContractEntity');
    expect(own.PublicCollectionName).to.equal('ProjectContractsV2');
  });

  for (const [what, wrong] of [
    ['an entity that is not there', { NoSuchEntity: 'Rows' }],
    ['a name that is taken', { ProjCDSProjectContractEntity: 'CustomersV3' }],
  ] as const) {
    it(`B1: ${what} is refused before anything starts`, async () => {
      const failure = await startSandbox({ finops: { collections: wrong } }).catch((thrown: unknown) => thrown);
      expect(failure).to.include({ code: 'SANDBOX_OPTION_INVALID' });
    });
  }
});
