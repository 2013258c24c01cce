import { expect } from 'chai';
import type { Answer, Json, SandboxClient } from '../client.test.support.js';
import { batchBody, operation, statuses } from '../client.test.support.js';
import { contract, infolog, mustCreate, project, startWithCompanies } from './world.test.support.js';

const CONTRACTS = 'ProjCDSProjectContracts';
const at = (id: string, company = 'usmf') => `${CONTRACTS}(dataAreaId='${company}',ProjectContractID='${id}')`;

describe('F&O writes', () => {
  let client: SandboxClient;
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    client.finops(method, path, { ...(body === undefined ? {} : { body }), headers });
  const read = async (path: string): Promise<Json> => (await send('GET', path)).json;

  beforeEach(async () => {
    client = await startWithCompanies();
  });

  afterEach(() => client.sandbox.stop());

  it('answer a create with the whole row and its address', async () => {
    const { status, headers, json } = await send('POST', CONTRACTS, contract({ ExchangeRate: 1.2345 }));
    expect(status).to.equal(201);
    expect(headers.get('location')).to.equal(`${client.sandbox.finops.url}/data/${at('C-1')}`);
    expect(json).to.include({
      dataAreaId: 'usmf',
      ProjectContractID: 'C-1',
      ExchangeRate: 1.2345,
      CustomerReference: '',
    });
  });

  it('take the company from the row, in small letters', async () => {
    const { json } = await send('POST', 'CustomersV3', {
      dataAreaId: 'USSI',
      CustomerAccount: 'X',
      CustomerGroupId: '10',
      SalesCurrencyCode: 'USD',
    });
    expect(json.dataAreaId).to.equal('ussi');
  });

  it('keep a date at noon and clear a field with null', async () => {
    await send('POST', CONTRACTS, contract());
    await send('POST', 'ProjCDSProjects', project({ StartDate: '2026-03-01T23:30:00Z', EndDate: '2026-04-01' }));
    const path = "ProjCDSProjects(dataAreaId='usmf',ProjectID='P-1')";
    expect(await read(path)).to.include({ StartDate: '2026-03-01T12:00:00Z', EndDate: '2026-04-01T12:00:00Z' });
    await send('PATCH', path, { EndDate: null, Description: null });
    expect(await read(path)).to.include({ EndDate: '1900-01-01T12:00:00Z', Description: '' });
  });

  it('keep the digits of an amount, sent as number or as text', async () => {
    await mustCreate(client, CONTRACTS, contract());
    const rate = async (body: string): Promise<string> => {
      expect((await send('PATCH', at('C-1'), body)).status).to.equal(204);
      const accept = 'application/json;IEEE754Compatible=true';
      return (await send('GET', at('C-1'), undefined, { accept })).json.ExchangeRate;
    };
    expect(await rate('{"ExchangeRate":1234567890123456.123456789012}')).to.equal('1234567890123456.123456789012');
    expect(await rate('{"ExchangeRate":"0.8000"}')).to.equal('0.8');
    expect((await send('GET', at('C-1'))).text).to.contain('"ExchangeRate":0.8,');
  });

  it('update only what is there', async () => {
    const missing = await send('PATCH', at('none'), { Name: 'x' });
    expect(missing.status).to.equal(400);
    expect(missing.json.error).to.include({ code: '', message: 'An error has occurred.' });
    expect(infolog(missing)).to.equal('No resources were found when selecting for update.');
    await send('POST', CONTRACTS, contract());
    const before = await read(at('C-1'));
    const updated = await send('PATCH', at('C-1'), { Name: 'New name', ProjectContractID: 'OTHER' });
    expect([updated.status, updated.text]).to.deep.equal([204, '']);
    const after = await read(at('C-1'));
    expect(after).to.include({ Name: 'New name', ProjectContractID: 'C-1' });
    expect(after['@odata.etag']).not.to.equal(before['@odata.etag']);
  });

  it('see rows of another company only across companies', async () => {
    await send('PATCH', "ProjCDSParameters(dataAreaId='ussi')?cross-company=true", { IntegrationEnabled: 'Yes' });
    await mustCreate(client, CONTRACTS, contract({ dataAreaId: 'ussi' }));
    expect((await send('PATCH', at('C-1', 'ussi'), { Name: 'x' })).status).to.equal(400);
    expect((await send('PATCH', `${at('C-1', 'ussi')}?cross-company=true`, { Name: 'x' })).status).to.equal(204);
  });

  it('refuse an update of a version that the client has not seen', async () => {
    await send('POST', CONTRACTS, contract());
    const etag = (await read(at('C-1')))['@odata.etag'];
    expect((await send('PATCH', at('C-1'), { Name: 'a' }, { 'if-match': etag })).status).to.equal(204);
    const stale = await send('PATCH', at('C-1'), { Name: 'b' }, { 'if-match': etag });
    expect(stale.status).to.equal(412);
    expect(infolog(stale)).to.contain('An update conflict occurred due to another user process');
  });

  it('delete, but not what others refer to', async () => {
    await mustCreate(client, CONTRACTS, contract());
    await mustCreate(client, 'ProjCDSProjects', project());
    const refused = await send('DELETE', at('C-1'));
    expect(refused.status).to.equal(400);
    expect(infolog(refused)).to.contain('cannot be deleted while dependent Projects exist.');
    expect((await send('DELETE', "ProjCDSProjects(dataAreaId='usmf',ProjectID='P-1')")).status).to.equal(204);
    expect((await send('DELETE', at('C-1'))).status).to.equal(204);
    expect((await send('DELETE', at('C-1'))).status).to.equal(400);
  });

  describe('say in the Infolog', () => {
    const cases: readonly [string, Json, string][] = [
      [
        'that the text is too long',
        { Name: 'x'.repeat(61) },
        "Warning: validateField failed on field 'ProjCDSProjectContractEntity.Name'.",
      ],
      [
        'that a mandatory field is empty',
        { CurrencyCode: '' },
        "Warning: Field 'CurrencyCode' must be filled in.; Warning: validateWrite failed on data source 'ProjCDSProjectContract (ProjCDSProjectContract)'.",
      ],
      ['that the company does not exist', { dataAreaId: 'none' }, "Company 'none' does not exist."],
    ];
    for (const [what, fields, text] of cases) {
      it(what, async () => {
        const answer = await send('POST', CONTRACTS, contract(fields));
        expect(answer.status).to.equal(400);
        expect(infolog(answer)).to.match(
          /^Write failed for table row of type 'ProjCDSProjectContractEntity'\. Infolog: Warning: /,
        );
        expect(infolog(answer)).to.contain(text);
        expect(answer.json.error.innererror.type).to.equal(
          'Microsoft.Dynamics.Platform.Integration.Services.OData.AxODataWriteException',
        );
      });
    }

    it('that the record already exists', async () => {
      await send('POST', CONTRACTS, contract());
      const answer = await send('POST', CONTRACTS, contract());
      expect(answer.status).to.equal(400);
      expect(infolog(answer)).to.match(
        /Infolog: Info: Cannot create a record in Integration entity for project contract \(ProjCDSProjectContract\)\. Project contract ID: C-1\. The record already exists\.\.$/,
      );
    });
  });

  it('refuse unknown fields, wrong types and wrong enumeration symbols', async () => {
    const text = async (fields: Json) => infolog(await send('POST', 'ProjCDSProjects', project(fields)));
    expect(await text({ nope: 1 })).to.contain(
      "The property 'nope' does not exist on type 'Microsoft.Dynamics.DataEntities.ProjCDSProject'.",
    );
    expect(await text({ ProjectType: 'Fixed price' })).to.contain(
      "expected type 'Microsoft.Dynamics.DataEntities.ProjType'",
    );
    expect(await text({ StartDate: 'tomorrow' })).to.contain("Cannot convert the literal 'tomorrow'");
  });

  describe('in a batch', () => {
    const create = (fields: Json) =>
      operation('POST', `${client.sandbox.finops.url}/data/${CONTRACTS}`, contract(fields));

    it('are independent of each other, under a status that always says 200', async () => {
      const operations = ['C-1', 'C-1', 'C-2'].map((ProjectContractID) => create({ ProjectContractID }));
      const answer = await client.finops('POST', '$batch', batchBody(operations));
      expect(answer.status).to.equal(200);
      expect(statuses(answer)).to.deep.equal([201, 400, 201]);
    });

    it('are all or none in a change set, whose first failure answers for all', async () => {
      const operations = [create({}), create({ ProjectContractID: 'C-2', CustomerAccount: 'none' })];
      const answer = await client.finops(
        'POST',
        '$batch',
        batchBody([operations, create({ ProjectContractID: 'C-3' })]),
      );
      expect(statuses(answer)).to.deep.equal([500, 201]);
      expect(answer.text).to.contain('boundary=changesetresponse_').and.to.contain("The value 'none'");
      expect((await send('GET', `${CONTRACTS}/$count`)).text).to.equal('1');
    });

    it('are 5,000 at most', async () => {
      const operations = Array.from({ length: 5001 }, () => operation('GET', CONTRACTS));
      expect((await client.finops('POST', '$batch', batchBody(operations))).status).to.equal(400);
    });
  });
});
