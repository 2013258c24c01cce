import { expect } from 'chai';
import { batchBody, operation, sender, statuses, tokenFor, type Json, type Send } from '../../client.test.support.js';
import { startSandbox, type SandboxOptions } from '../../index.js';
import type { SandboxClient } from '../../client.test.support.js';
import { contract, infolog, mustCreate, startWithCompanies } from '../world.test.support.js';

const SOUTH = { clientId: 'south', clientSecret: 'south-secret' };
const NARROW = { clientId: 'narrow', clientSecret: 'narrow-secret' };

const options: SandboxOptions = {
  otherClients: [SOUTH, NARROW],
  finops: {
    users: [
      { clientId: SOUTH.clientId, company: 'USSI' },
      {
        clientId: NARROW.clientId,
        companies: ['usrt'],
        withheldEntities: ['CustCustomerV3Entity', 'ProjectGroup'],
      },
    ],
  },
};

describe('protocols B1: the user that a client id is mapped to', () => {
  let client: SandboxClient;
  let [usual, south, narrow]: Send[] = [];
  const companies = async (ask: Send | undefined, query = ''): Promise<Set<string>> => {
    const { json } = await ask!('GET', `PaymentTerms?$select=dataAreaId${query}`);
    return new Set(json.value.map(({ dataAreaId }: Json) => dataAreaId));
  };

  before(async () => {
    client = await startWithCompanies(options);
    const { sandbox } = client;
    const as = async (who: typeof SOUTH): Promise<Send> =>
      sender(`${sandbox.finops.url}/data/`, await tokenFor({ ...sandbox, ...who }, sandbox.finops.url));
    [usual, south, narrow] = [client.finops, await as(SOUTH), await as(NARROW)];
    await mustCreate(client, 'LegalEntities', { LegalEntityId: 'USRT' });
    await mustCreate(client, 'PaymentTerms', { dataAreaId: 'usrt', Name: 'Net30' });
    await mustCreate(client, 'ProjCDSProjectContracts', contract());
  });
  after(() => client.sandbox.stop());

  it('B1: decides the default company, of reads', async () => {
    expect(await companies(usual)).to.deep.equal(new Set(['usmf']));
    expect(await companies(south)).to.deep.equal(new Set(['ussi']));
    expect(await companies(south, '&$orderby=Name')).to.deep.equal(new Set(['ussi']));
    expect(await companies(usual, '&$orderby=Name')).to.deep.equal(new Set(['usmf']));
    const path = "PaymentTerms(dataAreaId='ussi',Name='Net30')";
    expect([(await south!('GET', path)).status, (await usual!('GET', path)).status]).to.deep.equal([200, 404]);
  });

  it('B1: and of writes', async () => {
    const created = await south!('POST', 'PaymentTerms', { body: { Name: 'Net60' } });
    expect(created.json.dataAreaId).to.equal('ussi');
    const path = "PaymentTerms(dataAreaId='ussi',Name='Net60')";
    expect((await usual!('DELETE', path)).status).to.equal(400);
    expect((await south!('DELETE', path)).status).to.equal(204);
  });

  it('B2: cross-company=true widens reads to the companies that the user is allowed', async () => {
    const all = new Set(['usmf', 'ussi', 'usrt']);
    expect(await companies(usual, '&cross-company=true')).to.deep.equal(all);
    expect(await companies(south, '&cross-company=true')).to.deep.equal(all);
    expect(await companies(narrow, '&cross-company=true')).to.deep.equal(new Set(['usmf', 'usrt']));
    const path = "PaymentTerms(dataAreaId='ussi',Name='Net30')?cross-company=true";
    expect((await narrow!('GET', path)).status).to.equal(404);
    expect((await narrow!('PATCH', path, { body: { NumberOfDays: 1 } })).status).to.equal(400);
  });

  it('B2: nothing is written into a company that the user is not allowed', async () => {
    const refused = await narrow!('POST', 'PaymentTerms', { body: { dataAreaId: 'ussi', Name: 'Net45' } });
    expect(refused.status).to.equal(403);
    expect(infolog(refused)).to.equal("Access denied: the user has no access to the company 'ussi'.");
    const action = 'ProjAdvancedJournalHeaders/Microsoft.Dynamics.DataEntities.postJournals';
    expect((await narrow!('POST', action, { body: { legalEntityId: 'USSI' } })).status).to.equal(403);
    const allowed = await narrow!('POST', 'PaymentTerms', { body: { dataAreaId: 'usrt', Name: 'Net45' } });
    expect(allowed.status).to.equal(201);
  });

  it('B1: decides security: an entity without a role is refused, whatever way it is reached', async () => {
    const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')";
    const ways: readonly [method: string, path: string, body?: Json][] = [
      ['GET', 'CustomersV3'],
      ['GET', 'CustomersV3/$count'],
      ['GET', customer],
      ['POST', 'CustomersV3', {}],
      ['PATCH', customer, {}],
      ['DELETE', customer],
      ['GET', 'ProjCDSProjectContracts?$expand=Customer'],
      ['GET', "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-1')/Customer"],
      ['GET', "Currencies('USD')/Customers"],
      ['GET', 'ProjectGroups'],
    ];
    for (const [method, path, body] of ways) {
      const ask = body === undefined ? {} : { body };
      expect((await narrow!(method, path, ask)).status, `${method} ${path}`).to.equal(403);
    }
    expect(infolog(await narrow!('GET', 'CustomersV3'))).to.contain("permission for the entity 'CustCustomerV3Entity'");
    const batch = await narrow!(
      'POST',
      '$batch',
      batchBody(['CustomersV3', 'Currencies'].map((set) => operation('GET', set))),
    );
    expect(statuses(batch)).to.deep.equal([403, 200]);
    expect((await usual!('GET', 'CustomersV3')).status).to.equal(200);
  });

  for (const [what, finops] of [
    ['whom nobody can sign in as', { users: [{ clientId: 'nobody' }] }],
    ['without a client id', { users: [{ clientId: '' }] }],
    ['of a client that has another one', { users: [{ clientId: 'south' }, { clientId: 'south', company: 'usrt' }] }],
    ['kept from an entity that is not there', { users: [{ clientId: 'south', withheldEntities: ['CustomersV9'] }] }],
  ] as const) {
    it(`B1: a user ${what} is refused before anything starts`, async () => {
      const failure = await startSandbox({ empty: true, otherClients: [SOUTH], finops }).catch(
        (thrown: unknown) => thrown,
      );
      expect(failure).to.include({ code: 'SANDBOX_OPTION_INVALID' });
    });
  }
});

describe('protocols B2: the switch for reads without an option', () => {
  let client: SandboxClient;
  before(async () => {
    client = await startWithCompanies({ finops: { companyOfReads: 'all' } });
  });
  after(() => client.sandbox.stop());

  it('they may see all companies, as an older page says; writes still need cross-company', async () => {
    const { json } = await client.finops('GET', 'PaymentTerms?$select=dataAreaId');
    expect(json.value.map(({ dataAreaId }: Json) => dataAreaId)).to.deep.equal(['usmf', 'ussi']);
    const path = "PaymentTerms(dataAreaId='ussi',Name='Net30')";
    expect((await client.finops('GET', path)).status).to.equal(200);
    expect((await client.finops('DELETE', path)).status).to.equal(400);
    expect((await client.finops('DELETE', `${path}?cross-company=true`)).status).to.equal(204);
  });
});
