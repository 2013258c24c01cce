import { expect } from 'chai';
import { startWithClient } from '../../client.test.support.js';
import { Environment, idIn, NOBODY, refusal } from './support.test.support.js';

describe('protocols A1: root, version, sign-in', () => {
  const environment = new Environment();
  const { send, get, tokenOf } = environment;
  const url = () => environment.open.sandbox.psa.url;

  it('A1: v9.0, v9.1 and v9.2 are accepted, and links keep the version', async () => {
    for (const version of ['v9.0', 'v9.1', 'v9.2']) {
      const { status, json } = await get(`${url()}/api/data/${version}/accounts`);
      expect([status, json['@odata.context']]).to.deep.equal([200, `${url()}/api/data/${version}/$metadata#accounts`]);
    }
    expect((await get(`${url()}/api/data/v8.2/accounts`)).status).to.equal(404);
  });

  it('A1: the root lists the entity sets', async () => {
    const { json } = await get('');
    expect(json['@odata.context']).to.match(/\/\$metadata$/);
    expect(json.value).to.deep.include({ name: 'accounts', kind: 'EntitySet', url: 'accounts' });
  });

  it('A1: $metadata is CSDL; with annotations it tells change tracking, computed columns and permissions', async () => {
    const plain = await get('$metadata');
    expect(plain.headers.get('content-type')).to.equal('application/xml');
    expect(plain.text).to.contain('<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm"');
    expect(plain.text).not.to.contain('ChangeTracking');
    const { text } = await get('$metadata?annotations=true');
    expect(text).to.contain('Term="Org.OData.Capabilities.V1.ChangeTracking"');
    expect(text).to.contain('Term="Org.OData.Core.V1.Computed" Bool="true"');
    expect(text).to.contain('Term="Org.OData.Core.V1.Permissions"');
  });

  it('A1: without a good token the answer is 401, and says what is wrong with it', async () => {
    const none = await fetch(`${environment.root}WhoAmI`);
    expect([none.status, await none.text()].join()).to.match(/^401,.*RequestIsNotAuthenticated/);
    const { status, text } = await get('WhoAmI', { authorization: 'Bearer nonsense' });
    expect(status).to.equal(401);
    expect(text).to.contain('InvalidAuthTicket');
    const expired = [{ system: 'psa', kind: 'expired-token', times: 1 }];
    await environment.open.control('POST', 'faults', expired);
    expect((await get('WhoAmI')).text).to.contain('ExpiredAuthTicket');
  });

  it('A1: an application that is no user of the organisation gets 403 0x80072560', async () => {
    const token = await tokenOf(environment.open.sandbox.outsider);
    const answer = await get('WhoAmI', { authorization: `Bearer ${token}` });
    expect(refusal(answer).slice(0, 2)).to.deep.equal([403, '0x80072560']);
    expect(answer.json.error.message).to.contain('not a member of the organization');
  });

  it('A2: a create without representation is 204 with OData-EntityId, and every answer says OData-Version 4.0', async () => {
    const answer = await send('POST', 'accounts', { name: 'n' });
    expect(answer.status).to.equal(204);
    expect(answer.headers.get('odata-version')).to.equal('4.0');
    expect(answer.headers.get('odata-entityid')).to.match(/\/accounts\([0-9a-f-]{36}\)$/);
    const read = await get('accounts');
    expect(read.headers.get('content-type')).to.equal('application/json; odata.metadata=minimal');
  });
});

describe('protocols A2: headers', () => {
  const environment = new Environment({ empty: true });
  const { send, get, create, tokenOf } = environment;

  it('A2: Preference-Applied echoes the preferences that were honoured', async () => {
    const read = await get('accounts', { prefer: 'odata.maxpagesize=7, odata.include-annotations="*"' });
    expect(read.headers.get('preference-applied')).to.equal('odata.maxpagesize=7,odata.include-annotations="*"');
    const written = await send('POST', 'accounts', { name: 'n' }, { prefer: 'return=representation, respond-async' });
    expect(written.headers.get('preference-applied')).to.equal('return=representation');
  });

  it('A2: CallerObjectId impersonates: createdby is the user, createdonbehalfby the application', async () => {
    const user = await create('systemusers', {
      fullname: 'Ida',
      internalemailaddress: 'ida@contoso.example',
      azureactivedirectoryobjectid: '11111111-1111-4111-8111-111111111111',
    });
    const byObject = await send(
      'POST',
      'accounts',
      { name: 'hers' },
      { callerobjectid: '11111111-1111-4111-8111-111111111111' },
    );
    const application = (await get('WhoAmI')).json.UserId;
    const row = (await get(byObject.headers.get('odata-entityid') ?? '')).json;
    expect(row).to.include({ _createdby_value: idIn(user), _createdonbehalfby_value: application });
    const byUser = await send('POST', 'accounts', { name: 'too' }, { mscrmcallerid: idIn(user) });
    expect((await get(byUser.headers.get('odata-entityid') ?? '')).json._createdby_value).to.equal(idIn(user));
    const own = (await get(await create('accounts', { name: 'own' }))).json;
    expect(own).to.include({ _createdby_value: application, _createdonbehalfby_value: null });
  });

  it('A2: impersonating somebody who is no user is refused', async () => {
    expect((await get('accounts', { callerobjectid: NOBODY })).json.error.code).to.equal('0x80072560');
  });

  it('A2: headers that switch off logic which is not here are accepted, as are Consistency and ?tag', async () => {
    const headers = {
      'MSCRM.BypassCustomPluginExecution': 'true',
      'MSCRM.BypassBusinessLogicExecution': 'CustomSync,CustomAsync',
      'MSCRM.SuppressCallbackRegistrationExpanderJob': 'true',
      'MSCRM.SolutionUniqueName': 'any',
      Consistency: 'Strong',
      'If-None-Match': 'null',
    };
    expect((await send('POST', 'accounts?tag=load', { name: 'n' }, headers)).status).to.equal(204);
  });

  it('A2: JSON only: ATOM is neither taken nor given', async () => {
    const atom = 'application/atom+xml';
    expect((await send('POST', 'accounts', '<entry/>', { 'content-type': atom })).status).to.equal(415);
    expect((await get('accounts', { accept: atom })).status).to.equal(406);
    for (const accept of ['application/json', '*/*', 'application/json;odata.metadata=minimal, text/plain, */*'])
      expect((await get('accounts', { accept })).status, accept).to.equal(200);
    expect((await get('accounts/$count', { accept: 'text/plain' })).status).to.equal(200);
    expect((await get('$metadata', { accept: 'application/xml' })).status).to.equal(200);
  });

  it('A2: the content type of a body may name its character set', async () => {
    const type = { 'content-type': 'application/json; charset=utf-8' };
    const answer = await send('POST', 'accounts', { name: 'Größe' }, { ...type, prefer: 'return=representation' });
    expect(answer.json.name).to.equal('Größe');
  });

  it('A2: preferences may come in several headers or in one', async () => {
    const wanted = ['return=representation', 'odata.include-annotations="*"'];
    const headers = new Headers({ authorization: `Bearer ${await tokenOf({})}`, 'content-type': 'application/json' });
    for (const preference of wanted) headers.append('prefer', preference);
    const repeated = await fetch(`${environment.root}accounts`, { method: 'POST', headers, body: '{"name":"P"}' });
    expect(repeated.status).to.equal(201);
    const together = await send('POST', 'accounts', { name: 'P' }, { prefer: wanted.join(', ') });
    for (const answer of [repeated, together]) {
      expect(answer.headers.get('preference-applied')).to.equal(wanted.join(','));
    }
  });

  for (const header of ['x-ms-client-request-id', 'x-ms-correlation-request-id']) {
    it(`A2: ${header} of the client comes back`, async () => {
      expect((await get('accounts', { [header]: NOBODY })).headers.get(header)).to.equal(NOBODY);
    });
  }

  it('A2: every answer has a request id, a refusal at the door too', async () => {
    const refusedAtTheDoor = await get('accounts', { authorization: 'Bearer nonsense' });
    for (const { headers } of [await get('accounts'), await get('nonsenses'), refusedAtTheDoor])
      expect(headers.get('x-ms-service-request-id')).to.match(/^[0-9a-f-]{36}$/);
  });
});

describe('protocols A2: what an environment decides', () => {
  const environment = new Environment({
    empty: true,
    dataverse: {
      duplicateRules: [{ table: 'account', columns: ['name'] }],
      withheldPrivileges: [
        ...['prvActOnBehalfOfAnotherUser', 'prvReadContact', 'prvDeleteAccount'],
        ...['prvBypassCustomPlugins', 'prvBypassCustomBusinessLogic'],
      ],
      requestIdHeader: 'x-ms-request-id',
      clientRequestIds: 'ignored',
      otherMediaTypes: 'taken',
    },
  });
  const { send, get, create } = environment;

  it('A2: duplicate rules hold where the client asks for them: 412 0x80040333', async () => {
    await create('accounts', { name: 'Twin' });
    expect((await send('POST', 'accounts', { name: 'twin' })).status).to.equal(204);
    const other = await create('accounts', { name: 'Other' });
    const asked = { 'MSCRM.SuppressDuplicateDetection': 'false' };
    for (const answer of [
      await send('POST', 'accounts', { name: 'TWIN' }, asked),
      await send('PATCH', other, { name: 'TWIN' }, asked),
    ])
      expect(refusal(answer)).to.deep.equal([
        412,
        '0x80040333',
        'A record was not created or updated because a duplicate of the current record already exists.',
      ]);
  });

  it('A2: in older environments a duplicate is 500', async () => {
    const older = await startWithClient({
      empty: true,
      dataverse: { duplicateRules: [{ table: 'account', columns: ['name'] }], duplicateStatus: 500 },
    });
    const body = { name: 'Twin' };
    await older.psa('POST', 'accounts', { body });
    const answer = await older.psa('POST', 'accounts', {
      body,
      headers: { 'MSCRM.SuppressDuplicateDetection': 'false' },
    });
    await older.sandbox.stop();
    expect(refusal(answer).slice(0, 2)).to.deep.equal([500, '0x80040333']);
  });

  it('A2: switching off custom logic needs prvBypassCustomPlugins, prvBypassCustomBusinessLogic', async () => {
    for (const [header, value, privilege] of [
      ['MSCRM.BypassCustomPluginExecution', 'true', 'prvBypassCustomPlugins'],
      ['MSCRM.BypassBusinessLogicExecution', 'CustomSync', 'prvBypassCustomBusinessLogic'],
    ] as const) {
      const answer = await send('POST', 'accounts', { name: 'n' }, { [header]: value });
      expect(answer.status).to.equal(403);
      expect(answer.json.error.message).to.contain(`is missing ${privilege} privilege`);
    }
    const off = { 'MSCRM.BypassCustomPluginExecution': 'false' };
    expect((await send('POST', 'accounts', { name: 'n' }, off)).status).to.equal(204);
  });

  it('A1: a missing privilege is 403', async () => {
    expect(refusal(await get('contacts')).slice(0, 2)).to.deep.equal([403, '0x80040220']);
    const url = await create('accounts', { name: 'kept' });
    expect((await send('DELETE', url)).json.error.message).to.contain('prvDeleteaccount');
  });

  it('A2: impersonation needs prvActOnBehalfOfAnotherUser', async () => {
    const user = await create('systemusers', { fullname: 'U', internalemailaddress: 'u@contoso.example' });
    const answer = await get('accounts', { mscrmcallerid: idIn(user) });
    expect(answer.status).to.equal(403);
    expect(answer.json.error.message).to.contain('CannotActOnBehalfOfAnotherUser');
  });

  it('A2: what a body calls itself may not matter', async () => {
    expect((await send('POST', 'accounts', { name: 'n' }, { 'content-type': 'text/plain' })).status).to.equal(204);
    expect((await get('accounts', { accept: 'application/atom+xml' })).status).to.equal(200);
  });

  it('A2: the header of the request id can be another, and that of the client can be ignored', async () => {
    const { headers } = await get('accounts', { 'x-ms-client-request-id': NOBODY });
    expect(headers.get('x-ms-request-id')).to.match(/^[0-9a-f-]{36}$/);
    expect(headers.has('x-ms-client-request-id')).to.equal(false);
  });
});
