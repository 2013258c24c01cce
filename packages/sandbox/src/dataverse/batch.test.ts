import { expect } from 'chai';
import type { Answer, Json, SandboxClient } from '../client.test.support.js';
import { batchBody, operation, startWithClient, statuses } from '../client.test.support.js';

const post = (set: string, body: Json) => operation('POST', `/api/data/v9.2/${set}`, body);
const account = (number: string) => post('accounts', { name: number, accountnumber: number });

describe('Dataverse $batch', () => {
  let client: SandboxClient;
  const batch = (operations: Parameters<typeof batchBody>[0], prefer = ''): Promise<Answer> => {
    const { body, headers } = batchBody(operations);
    return client.psa('POST', '$batch', { body, headers: { ...headers, prefer } });
  };
  const count = async (): Promise<number> => Number((await client.psa('GET', 'accounts/$count')).text);

  beforeEach(async () => {
    client = await startWithClient();
  });

  afterEach(() => client.sandbox.stop());

  it('answers every part in order', async () => {
    const answer = await batch([account('1'), operation('GET', 'accounts?$select=name'), account('2')]);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.match(/^multipart\/mixed; boundary=batchresponse_[0-9a-f-]{36}$/);
    expect(statuses(answer)).to.deep.equal([204, 200, 204]);
    expect(answer.text).to.contain('"name":"1"').and.not.to.contain('"name":"2"');
    expect(answer.text).to.contain('OData-EntityId: http://');
  });

  it('stops at the first failure, and says so by its own status', async () => {
    const answer = await batch([account('1'), account('1'), account('2')]);
    expect(answer.status).to.equal(400);
    expect(statuses(answer)).to.deep.equal([204, 412]);
    expect(answer.text).to.match(/REQ_ID: [0-9a-f-]{36}/);
    expect(await count()).to.equal(1);
  });

  it('goes on after failures where the client wants it', async () => {
    const answer = await batch([account('1'), account('1'), account('2')], 'odata.continue-on-error');
    expect(answer.status).to.equal(200);
    expect(statuses(answer)).to.deep.equal([204, 412, 204]);
  });

  it('does all of a change set or nothing', async () => {
    const answer = await batch([[account('1'), account('2'), account('1')], account('3')], 'odata.continue-on-error');
    expect(statuses(answer)).to.deep.equal([412, 204]);
    expect(await count()).to.equal(1);
    expect((await client.psa('GET', "accounts(accountnumber='1')")).status).to.equal(404);
  });

  it('lets later parts of a change set refer to earlier ones', async () => {
    const answer = await batch([
      [
        account('1'),
        post('salesorders', { name: 'o', 'customerid_account@odata.bind': '$1' }),
        operation('PATCH', '$1', { name: 'renamed' }),
      ],
    ]);
    expect(statuses(answer)).to.deep.equal([204, 204, 204]);
    expect(answer.text).to.contain('Content-ID: 2');
    const orders = await client.psa('GET', 'salesorders?$select=name&$expand=customerid_account($select=name)');
    expect(orders.json.value[0].customerid_account.name).to.equal('renamed');
  });

  it('refuses a reference to a part that has not run', async () => {
    const answer = await batch([[post('salesorders', { name: 'o', 'customerid_account@odata.bind': '$2' })]]);
    expect(answer.text).to.contain("Content-ID Reference: '$2' does not exist in the batch context.");
  });

  it('refuses a GET in a change set, more than 1,000 operations, and what is no batch', async () => {
    expect((await batch([[operation('GET', 'accounts')]])).status).to.equal(400);
    const many = await batch(Array.from({ length: 1001 }, () => operation('GET', 'accounts')));
    expect(many.status).to.equal(400);
    expect(many.json.error.message).to.contain('1000');
    expect((await client.psa('POST', '$batch', { body: {} })).status).to.equal(400);
  });
});

describe('Dataverse bulk messages', () => {
  let client: SandboxClient;
  const bulk = (message: string, targets: Json[]): Promise<Answer> =>
    client.psa('POST', `accounts/Microsoft.Dynamics.CRM.${message}`, { body: { Targets: targets } });
  const target = (fields: Json): Json => ({ '@odata.type': 'Microsoft.Dynamics.CRM.account', ...fields });
  const names = async (): Promise<string[]> =>
    (await client.psa('GET', 'accounts?$select=name&$orderby=name')).json.value.map((row: Json) => row.name);

  beforeEach(async () => {
    client = await startWithClient();
  });

  afterEach(() => client.sandbox.stop());

  it('create rows and return their ids in order', async () => {
    const { status, json } = await bulk('CreateMultiple', [target({ name: 'a' }), target({ name: 'b' })]);
    expect(status).to.equal(200);
    expect(json['@odata.context']).to.match(/#Microsoft\.Dynamics\.CRM\.CreateMultipleResponse$/);
    expect(json.Ids).to.have.length(2);
    expect((await client.psa('GET', `accounts(${json.Ids[1]})`)).json.name).to.equal('b');
  });

  it('update rows by their ids, and upsert them by an alternate key', async () => {
    const { json } = await bulk('CreateMultiple', [target({ name: 'a', accountnumber: '1' })]);
    expect((await bulk('UpdateMultiple', [target({ accountid: json.Ids[0], name: 'a2' })])).status).to.equal(204);
    const upserts = [
      target({ '@odata.id': "accounts(accountnumber='1')", name: 'a3' }),
      target({ '@odata.id': "accounts(accountnumber='2')", name: 'b' }),
    ];
    const upserted = await bulk('UpsertMultiple', upserts);
    expect([upserted.status, upserted.text]).to.deep.equal([204, '']);
    expect(await names()).to.deep.equal(['a3', 'b']);
  });

  it('write nothing where one target is refused', async () => {
    const { status } = await bulk('CreateMultiple', [target({ name: 'a' }), target({ accountnumber: 'x'.repeat(21) })]);
    expect(status).to.equal(400);
    expect(await names()).to.deep.equal([]);
  });

  it('want the type of every target', async () => {
    const { json } = await bulk('CreateMultiple', [{ name: 'a' }]);
    expect(json.error.message).to.contain("needs the @odata.type 'Microsoft.Dynamics.CRM.account'");
  });
});
