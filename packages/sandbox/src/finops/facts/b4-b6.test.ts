import { expect } from 'chai';
import {
  batchBody,
  operation,
  statuses,
  type Answer,
  type Json,
  type SandboxClient,
} from '../../client.test.support.js';
import { contract, contractLine, infolog, mustCreate, project, startWithCompanies } from '../world.test.support.js';

const PATH = "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-1')";
const etagText = (etag: string): string => Buffer.from(/"(.*)"/.exec(etag)?.[1] ?? '', 'base64').toString();

describe('protocols B4: payloads', () => {
  let client: SandboxClient;
  const send = (method: string, path: string, body?: Json, headers?: Record<string, string>): Promise<Answer> =>
    client.finops(method, path, { ...(body === undefined ? {} : { body }), ...(headers && { headers }) });
  const get = (path: string, accept?: string) => send('GET', path, undefined, accept ? { accept } : undefined);

  beforeEach(async () => {
    client = await startWithCompanies();
    await mustCreate(client, 'ProjCDSProjectContracts', contract());
  });
  afterEach(() => client.sandbox.stop());

  it('B4: full metadata adds type, id, edit link and the types of enumerations', async () => {
    const { json, headers } = await get("ProjCDSParameters(dataAreaId='usmf')", 'application/json;odata.metadata=full');
    expect(headers.get('content-type')).to.contain('odata.metadata=full');
    expect(json).to.include.keys('@odata.type', '@odata.id', '@odata.editLink', 'IntegrationEnabled@odata.type');
  });

  it('B4: and links along the navigation properties, which lead somewhere', async () => {
    const { json } = await get(PATH, 'application/json;odata.metadata=full');
    const link = json['Customer@odata.navigationLink'];
    expect(link).to.equal(`${client.sandbox.finops.url}/data/${PATH}/Customer`);
    expect(json['Customer@odata.associationLink']).to.equal(`${link}/$ref`);
    expect((await get(link)).json).to.include({ CustomerAccount: 'US-001' });
    const contracts = await get("Currencies('USD')/ProjectContracts?$select=Name");
    expect(contracts.json.value).to.have.length(1);
    expect((await get(PATH)).json).not.to.have.property('Customer@odata.navigationLink');
  });

  it('B4: an etag is base64 of recVersion and recId; a new row starts at recVersion 1', async () => {
    const etag = async () => etagText((await get("Currencies('USD')")).json['@odata.etag']);
    expect(await etag()).to.match(/^'1,56371\d+'$/);
    await send('PATCH', "Currencies('USD')", { Name: 'Changed' });
    expect(await etag()).to.match(/^'(?!1,)\d+,56371\d+'$/);
  });

  it('B4: an entity over several tables has a pair for each, of nothing 0,0', async () => {
    const etag = async () => (await get(PATH)).json['@odata.etag'];
    expect(etagText(await etag())).to.match(/^'1,56371\d+;0,0'$/);
    const headers = { 'if-match': await etag() };
    expect((await send('PATCH', PATH, { AddressCity: 'Seattle' }, headers)).status).to.equal(204);
    expect(etagText(await etag())).to.match(/^'(\d+,56371\d+);\1'$/);
    expect((await send('PATCH', PATH, { AddressCity: 'Tacoma' }, headers)).status).to.equal(412);
  });

  it('B4: enumerations are their symbols', async () => {
    expect((await get("ProjCDSParameters(dataAreaId='usmf')")).json).to.include({ IntegrationEnabled: 'Yes' });
  });

  it('B4: there is no null: texts are empty, numbers 0, days 1900 at noon, moments at midnight', async () => {
    await mustCreate(client, 'ProjCDSProjects', project());
    const { json } = await get("ProjCDSProjects(dataAreaId='usmf',ProjectID='P-1')");
    expect(json).to.include({ Description: '', StartDate: '1900-01-01T12:00:00Z' });
    expect((await get(PATH)).json).to.include({ ExchangeRate: 0, AddressValidFrom: '1900-01-01T00:00:00Z' });
  });

  it('B4: null for a text empties it', async () => {
    expect((await send('PATCH', PATH, { Name: null })).status).to.equal(204);
    expect((await get(PATH)).json.Name).to.equal('');
  });

  it('B4: the type of a new row may be told, and need not be', async () => {
    const typed = { '@odata.type': '#Microsoft.Dynamics.DataEntities.Currency', CurrencyCode: 'GBP' };
    expect((await send('POST', 'Currencies', typed)).status).to.equal(201);
  });

  it('B4: fields are validated one by one, defaults filled in, and then the row is validated as a whole', async () => {
    const both = contract({ ProjectContractID: '', CustomerAccount: 'X', CurrencyCode: '' });
    expect(infolog(await send('POST', 'ProjCDSProjectContracts', both)))
      .to.contain('validateField')
      .and.not.contain('validateWrite');
    const { CurrencyCode: _code, ...whole } = contract({ ProjectContractID: '' });
    expect(infolog(await send('POST', 'ProjCDSProjectContracts', whole))).to.contain(
      "Field 'CurrencyCode' must be filled in",
    );
  });

  it('B4: a row that is refused for a field of its own takes no number of a sequence', async () => {
    const { ProjectContractID: _id, ...unnumbered } = contract();
    const numberOf = async (): Promise<number> =>
      Number((await send('POST', 'ProjCDSProjectContracts', unnumbered)).json.ProjectContractID.split('-')[1]);
    const before = await numberOf();
    expect((await send('POST', 'ProjCDSProjectContracts', { ...unnumbered, CustomerAccount: 'X' })).status).to.equal(
      400,
    );
    expect(await numberOf()).to.equal(before + 1);
  });

  it('B4: what a default filled in is never reported as a field that the client got wrong', async () => {
    await send('DELETE', "ProjectGroups(dataAreaId='usmf',ProjectGroup='TM')");
    const text = infolog(await send('POST', 'ProjCDSProjects', project()));
    expect(text).to.contain("The value 'TM' in field 'Project group' is not found in the related table");
    expect(text).to.contain('validateWrite failed').and.not.contain('validateField');
    const given = infolog(await send('POST', 'ProjCDSProjects', project({ ProjectGroup: 'TM' })));
    expect(given).to.contain("validateField failed on field 'ProjCDSProjectEntity.ProjectGroup'");
  });

  it('B4: actions are asked of a set or of a row, and answer with a value', async () => {
    const action = (name: string) => `Microsoft.Dynamics.DataEntities.${name}`;
    const journals = 'ProjAdvancedJournalHeaders';
    await mustCreate(client, 'Ledgers', {
      LegalEntityId: 'usmf',
      AccountingCurrency: 'USD',
      ExchangeRateType: 'Default',
    });
    const { status, json } = await send('POST', `${journals}/${action('postJournals')}`, { legalEntityId: 'usmf' });
    expect(status, JSON.stringify(json)).to.equal(200);
    expect(json['@odata.context']).to.equal(`${client.sandbox.finops.url}/data/$metadata#Edm.String`);
    expect(json.value).to.be.a('string');
    const journal = `${journals}(dataAreaId='usmf',JournalId='J-1')`;
    expect((await send('POST', `${journal}/${action('postJournal')}`)).status).to.equal(404);
  });

  it('B4: days are carried at noon, UTC, whatever time they were sent with', async () => {
    await mustCreate(client, 'ProjCDSProjects', project({ StartDate: '2026-03-01T00:00:00Z' }));
    const { json } = await get("ProjCDSProjects(dataAreaId='usmf',ProjectID='P-1')");
    expect(json.StartDate).to.equal('2026-03-01T12:00:00Z');
  });

  it('B4: POST answers 201 with the row; fields of a number sequence may be left out', async () => {
    const { ProjectContractID: _id, ...unnumbered } = contract();
    const { status, json } = await send('POST', 'ProjCDSProjectContracts', unnumbered);
    expect(status).to.equal(201);
    expect(json.ProjectContractID).to.match(/^ORD-\d+-\w{6}$/);
  });

  it('B4: PATCH and PUT answer 204, and never create', async () => {
    for (const method of ['PATCH', 'PUT']) {
      expect((await send(method, PATH, { Name: method })).status).to.equal(204);
      const missing = await send(method, PATH.replace('C-1', 'C-9'), { Name: 'x' });
      expect(missing.status).to.equal(400);
      expect(infolog(missing)).to.equal('No resources were found when selecting for update.');
    }
  });

  it('B4: DELETE answers 204; a missing row 400 with the same text', async () => {
    expect((await send('DELETE', PATH)).status).to.equal(204);
    const missing = await send('DELETE', PATH);
    expect([missing.status, infolog(missing)]).to.deep.equal([
      400,
      'No resources were found when selecting for update.',
    ]);
  });

  it('B4: an If-Match that does not match is answered with 412', async () => {
    const { json } = await get(PATH);
    await send('PATCH', PATH, { Name: 'first' });
    expect((await send('PATCH', PATH, { Name: 'second' }, { 'if-match': json['@odata.etag'] })).status).to.equal(412);
  });

  it('B5: a batch takes 5,000 operations and no more', async () => {
    const many = (count: number) =>
      batchBody(Array.from({ length: count }, () => operation('GET', 'Currencies/$count')));
    expect((await client.finops('POST', '$batch', many(5000))).status).to.equal(200);
    expect((await client.finops('POST', '$batch', many(5001))).status).to.equal(400);
  });

  it('B5: the answer is 200 even where every part failed', async () => {
    const parts = [operation('GET', 'Nothing'), operation('PATCH', PATH.replace('C-1', 'C-9'), { Name: 'x' })];
    const answer = await client.finops('POST', '$batch', batchBody(parts));
    expect(answer.status).to.equal(200);
    expect(statuses(answer)).to.deep.equal([404, 400]);
  });

  it('B5: operations without a change set are independent', async () => {
    const parts = [
      operation('POST', 'Currencies', { CurrencyCode: 'USD' }),
      operation('POST', 'Currencies', { CurrencyCode: 'GBP' }),
    ];
    expect(statuses(await client.finops('POST', '$batch', batchBody(parts)))).to.deep.equal([400, 201]);
  });

  it('B5: a change set that fails leaves nothing behind, and is one part with status 500', async () => {
    const set = [
      operation('POST', 'Currencies', { CurrencyCode: 'GBP' }),
      operation('POST', 'Currencies', { CurrencyCode: 'USD' }),
    ];
    const answer = await client.finops('POST', '$batch', batchBody([set]));
    expect([answer.status, statuses(answer)]).to.deep.equal([200, [500]]);
    expect(answer.text).to.contain('changesetresponse').and.to.contain('already exists');
    expect((await get("Currencies('GBP')")).status).to.equal(404);
  });

  it('B5: the part of a change set with two failures carries the first of them', async () => {
    const wrongs = [
      contract({ ProjectContractID: 'C-2', CustomerAccount: 'X' }),
      contract({ ProjectContractID: 'C-2', CurrencyCode: 'X' }),
    ];
    const said: readonly [first: string, second: string] = ["'Customer account'", "'Currency'"];
    for (const [bodies, [first, second]] of [
      [wrongs, said],
      [wrongs.toReversed(), said.toReversed()],
    ] as const) {
      const set = bodies.map((body) => operation('POST', 'ProjCDSProjectContracts', body));
      const answer = await client.finops('POST', '$batch', batchBody([set]));
      expect(statuses(answer)).to.deep.equal([500]);
      expect(answer.text).to.contain(`in field ${first}`).and.not.contain(`in field ${second}`);
    }
  });

  it('B5: an operation that is throttled is a part with status 429 and its own Retry-After', async () => {
    const slow = { system: 'finops', kind: 'refuse', set: 'Currencies', status: 429, retryAfter: 9, times: 1 };
    await client.control('POST', 'faults', [slow]);
    const parts = [operation('GET', 'Currencies/$count'), operation('GET', 'Currencies/$count')];
    const answer = await client.finops('POST', '$batch', batchBody(parts));
    expect([answer.status, statuses(answer)]).to.deep.equal([200, [429, 200]]);
    expect(answer.text).to.match(/HTTP\/1\.1 429 [^]*Retry-After: 9\r\n/i);
  });

  it('B5: so is a change set that is throttled', async () => {
    const busy = { system: 'finops', kind: 'refuse', set: 'Currencies', status: 429, retryAfter: 9, times: 1 };
    await client.control('POST', 'faults', [busy]);
    const set = [operation('POST', 'Currencies', { CurrencyCode: 'GBP' })];
    const answer = await client.finops('POST', '$batch', batchBody([set]));
    expect([answer.status, statuses(answer)]).to.deep.equal([200, [429]]);
    expect(answer.text).to.match(/Retry-After: 9\r\n/i);
  });

  it('B5: addresses inside of a batch may be absolute', async () => {
    const part = operation('GET', `${client.sandbox.finops.url}/data/Currencies/$count`);
    expect(statuses(await client.finops('POST', '$batch', batchBody([part])))).to.deep.equal([200]);
  });

  it('B6: an error holds the type of the exception and the Infolog', async () => {
    const { status, json } = await send('POST', 'Currencies', { CurrencyCode: 'USD' });
    expect(status).to.equal(400);
    expect(json.error).to.include({ code: '', message: 'An error has occurred.' });
    expect(json.error.innererror).to.include.keys('message', 'type', 'stacktrace');
    expect(json.error.innererror.message).to.equal(
      "Write failed for table row of type 'CurrencyEntity'. Infolog: Info: Cannot create a record in Currencies " +
        '(Currency). Currency code: USD. The record already exists..',
    );
  });

  it('B6: a duplicate names the table behind the entity, and the fields of the key as people call them', async () => {
    const row = { CustomerAccount: 'US-001', CustomerGroupId: '10', SalesCurrencyCode: 'USD' };
    expect(infolog(await send('POST', 'CustomersV3', row))).to.contain(
      'Cannot create a record in Customers V3 (CustTable). Customer account: US-001. The record already exists.',
    );
    const group = { ProjectType: 'FixedPrice', ProjectGroup: 'FP' };
    expect(infolog(await send('POST', 'ProjCDSProjectGroupDefaults', group))).to.contain(
      '). Project type: FixedPrice. ',
    );
  });

  it('B6: an action that comes to nothing says so in the same envelope', async () => {
    const action = 'ProjCDSActualsImports/Microsoft.Dynamics.DataEntities.importFromStagingTable';
    const { status, json } = await send('POST', action, { legalEntityId: 'usmf' });
    expect(status).to.equal(400);
    expect(json.error.innererror).to.include({ type: 'System.InvalidOperationException' });
    expect(json.error.innererror.message).to.match(
      /^Exception occurred while executing action importFromStagingTable on Entity ProjCDSActualsImportEntity: /,
    );
  });

  it('B6: a row that somebody else has changed is locked', async () => {
    const answer = await send('PATCH', PATH, { Name: 'x' }, { 'if-match': 'W/"stale"' });
    expect(infolog(answer)).to.equal(
      "Write failed for table row of type 'ProjCDSProjectContractEntity'. Infolog: Error: Cannot edit a record in " +
        'Integration entity for project contract (ProjCDSProjectContract). Project contract ID: C-1. An update conflict ' +
        'occurred due to another user process deleting the record or changing one or more fields in the record..',
    );
  });

  it('B6: a refusal on demand says what the Infolog of a busy system would: a conflict, a deadlock', async () => {
    const busy = (reason: string) => `Write failed for table row of type 'CurrencyEntity'. Infolog: Error: ${reason}..`;
    const texts = [
      busy('Cannot edit a record in Currencies (Currency). An update conflict occurred due to another user process.'),
      busy('The database transaction was chosen as the victim of a deadlock.'),
    ];
    const faults = texts.map((text) => ({ system: 'finops', kind: 'refuse', method: 'PATCH', text, times: 1 }));
    expect((await client.control('POST', 'faults', faults)).status).to.equal(201);
    for (const text of texts) {
      const answer = await send('PATCH', "Currencies('USD')", { Name: 'x' });
      expect([answer.status, infolog(answer)]).to.deep.equal([400, text]);
    }
    expect((await send('PATCH', "Currencies('USD')", { Name: 'x' })).status).to.equal(204);
  });

  it('B6: what nobody has foreseen is a 500, and the page of a gateway is HTML', async () => {
    await client.control('POST', 'faults', [
      { system: 'finops', kind: 'status', status: 500, times: 1 },
      { system: 'finops', kind: 'html', times: 1 },
    ]);
    expect((await get('Currencies')).status).to.equal(500);
    const page = await get('Currencies');
    expect(page.headers.get('content-type')).to.contain('text/html');
    expect(page.json).to.equal(undefined);
  });

  it('B6: a reference that leads nowhere names value, field and related table; noise follows', async () => {
    const answer = await send(
      'POST',
      'ProjCDSProjectContracts',
      contract({ ProjectContractID: 'C-2', CustomerAccount: 'X' }),
    );
    expect(infolog(answer)).to.match(
      /Warning: The value 'X' in field '.*' is not found in the related table '.*'\.; Warning: validateField failed on field '\w+\.CustomerAccount'\.\.?$/,
    );
  });

  it('B6: rows with dependents are not deleted', async () => {
    await mustCreate(client, 'ProjCDSProjects', project());
    await mustCreate(client, 'ProjCDSContractLineImports', contractLine());
    expect(infolog(await send('DELETE', PATH))).to.contain('cannot be deleted while dependent');
  });

  it('B6: an address that leads nowhere has a body of its own', async () => {
    expect((await get('NoSuchThing')).json.Message).to.match(
      /^No HTTP resource was found that matches the request URI/,
    );
  });
});

describe('protocols B4: the switches for payloads', () => {
  let client: SandboxClient;
  before(async () => {
    client = await startWithCompanies({
      finops: {
        staleStatus: 400,
        missingOnReadStatus: 400,
        missingOnWriteStatus: 404,
        longText: 'cut',
        nullText: 'refused',
        emptyMoment: 'noon',
        metadataLengths: 'left-out',
      },
    });
    await mustCreate(client, 'ProjCDSProjectContracts', contract({ Name: 'n'.repeat(100) }));
  });
  after(() => client.sandbox.stop());

  it('a text that is too long may be cut', async () => {
    expect((await client.finops('GET', PATH)).json.Name).to.equal('n'.repeat(60));
  });

  it('B6: $metadata may say nothing of the lengths of texts', async () => {
    const { text } = await client.finops('GET', '$metadata');
    expect(text).to.contain('<Property Name="Name" Type="Edm.String"').and.not.contain('MaxLength');
    expect(text).to.contain('Scale="6"');
  });

  it('null for a text may be refused', async () => {
    expect((await client.finops('PATCH', PATH, { body: { Name: null } })).status).to.equal(400);
    expect((await client.finops('PATCH', PATH, { body: { ExchangeRate: null } })).status).to.equal(204);
  });

  it('an empty moment may be at noon', async () => {
    expect((await client.finops('GET', PATH)).json.AddressValidFrom).to.equal('1900-01-01T12:00:00Z');
  });

  it('rows that are missing or stale may be answered otherwise', async () => {
    const missing = PATH.replace('C-1', 'C-9');
    expect((await client.finops('GET', missing)).status).to.equal(400);
    expect((await client.finops('PATCH', missing, { body: { Name: 'x' } })).status).to.equal(404);
    const headers = { 'if-match': 'W/"stale"' };
    expect((await client.finops('PATCH', PATH, { body: { Name: 'x' }, headers })).status).to.equal(400);
  });
});
