import { expect } from 'chai';
import type { Answer, Ask, Json, SandboxClient } from '../client.test.support.js';
import { startWithClient } from '../client.test.support.js';

const NOBODY = '99999999-9999-4999-8999-999999999999';

describe('Dataverse writes', () => {
  let client: SandboxClient;
  const send = (method: string, path: string, body?: unknown, headers?: Ask['headers']): Promise<Answer> =>
    client.psa(method, path, { ...(body === undefined ? {} : { body }), ...(headers && { headers }) });
  const create = async (set: string, body: Json): Promise<string> =>
    (await send('POST', set, body)).headers.get('odata-entityid') ?? '';
  const read = async (url: string): Promise<Json> => (await send('GET', url)).json;

  before(async () => {
    client = await startWithClient();
    for (const [isocurrencycode, exchangerate] of [
      ['USD', 1],
      ['EUR', 0.8],
    ] as const) {
      const names = { currencyname: isocurrencycode, currencysymbol: isocurrencycode, currencyprecision: 2 };
      await create('transactioncurrencies', { isocurrencycode, exchangerate, ...names });
    }
  });

  after(() => client.sandbox.stop());

  describe('creating', () => {
    it('answers with the address of the new row', async () => {
      const { status, headers, text } = await send('POST', 'accounts', { name: 'Fabrikam' });
      expect([status, text]).to.deep.equal([204, '']);
      expect(headers.get('odata-entityid')).to.match(/\/api\/data\/v9\.2\/accounts\([0-9a-f-]{36}\)$/);
      expect(headers.get('location')).to.equal(headers.get('odata-entityid'));
    });

    it('returns the row where the client wants it', async () => {
      const { status, headers, json } = await send(
        'POST',
        'accounts?$select=name',
        { name: 'Litware' },
        { prefer: 'return=representation' },
      );
      expect(status).to.equal(201);
      expect(headers.get('odata-entityid')).to.equal(null);
      expect(headers.get('preference-applied')).to.equal('return=representation');
      expect(json).to.include({ name: 'Litware' });
    });

    it('fills in what the platform fills in', async () => {
      const row = await read(await create('salesorders', { name: 'Order' }));
      expect(row).to.include({ msdyn_ordertype: 192350000, statecode: 0, ispricelocked: false });
      expect(row.ordernumber).to.match(/^ORD-\d{5}-[A-Z0-9]{6}$/);
      expect(row.createdon).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    });

    it("converts amounts into the base currency by the row's exchange rate", async () => {
      const url = await create('salesorders', {
        name: 'Euro',
        totalamount: '100.10',
        'transactioncurrencyid@odata.bind': "/transactioncurrencies(isocurrencycode='EUR')",
      });
      const row = await read(url);
      expect(row).to.include({ exchangerate: 0.8, totalamount: 100.1, totalamount_base: 125.125 });
      await send('PATCH', url, { 'transactioncurrencyid@odata.bind': "/transactioncurrencies(isocurrencycode='USD')" });
      expect(await read(url)).to.include({ exchangerate: 1, totalamount_base: 100.1 });
    });

    it('creates related rows along with their parent, all or none', async () => {
      const { headers } = await send('POST', 'salesorders', {
        name: 'Deep',
        customerid_account: { name: 'Nested' },
        salesorder_salesorderdetail_salesorderid: [{ salesorderdetailname: 'line', quantity: 2 }],
      });
      const url = headers.get('odata-entityid');
      expect((await send('GET', `${url}/customerid_account`)).json.name).to.equal('Nested');
      expect((await send('GET', `${url}/salesorder_salesorderdetail_salesorderid`)).json.value).to.have.length(1);
      const before = (await send('GET', 'accounts/$count')).text;
      const failing = { name: 'x'.repeat(301), customerid_account: { name: 'Never' } };
      expect((await send('POST', 'salesorders', failing)).status).to.equal(400);
      const reversed = { customerid_account: { name: 'Never' }, name: 'x'.repeat(301) };
      expect((await send('POST', 'salesorders', reversed)).status).to.equal(400);
      expect((await send('GET', 'accounts/$count')).text).to.equal(before);
    });
  });

  describe('updating and upserting', () => {
    it('creates under a guid or an alternate key that is not there, and updates the row that is', async () => {
      const byNumber = "accounts(accountnumber='UP-1')";
      const created = await send('PATCH', byNumber, { name: 'one' }, { prefer: 'return=representation' });
      const updated = await send('PATCH', byNumber, { name: 'two' }, { prefer: 'return=representation' });
      expect([created.status, updated.status]).to.deep.equal([201, 200]);
      expect(updated.json).to.include({ name: 'two', accountnumber: 'UP-1', accountid: created.json.accountid });
      const silent = await send('PATCH', byNumber, { name: 'three' });
      expect(silent.status).to.equal(204);
      expect(silent.headers.get('odata-entityid')).to.match(/accounts\(accountnumber='UP-1'\)$/);
      expect((await send('PATCH', `accounts(${NOBODY})`, { name: 'by guid' })).status).to.equal(204);
      expect(await read(`accounts(${NOBODY})`)).to.include({ name: 'by guid' });
      await send('DELETE', `accounts(${NOBODY})`);
    });

    it('does not rename a row through the key that found it', async () => {
      await send('PATCH', "accounts(accountnumber='UP-2')", { name: 'key' });
      await send('PATCH', "accounts(accountnumber='UP-2')", { name: 'kept', accountnumber: 'OTHER' });
      expect(await read("accounts(accountnumber='UP-2')")).to.include({ name: 'kept' });
    });

    it('only updates under If-Match, and only creates under If-None-Match', async () => {
      const missing = await send('PATCH', `accounts(${NOBODY})`, { name: 'x' }, { 'if-match': '*' });
      expect(missing.status).to.equal(404);
      expect(missing.json.error.message).to.equal(`account With Id = ${NOBODY} Does Not Exist`);
      const url = await create('accounts', { name: 'there' });
      const existing = await send('PATCH', url, { name: 'x' }, { 'if-none-match': '*' });
      expect(existing.status).to.equal(412);
      expect(existing.json.error.message).to.equal('A record with matching key values already exists.');
    });

    it('refuses to write over a version that the client has not seen', async () => {
      const url = await create('accounts', { name: 'first' });
      const etag = (await read(url))['@odata.etag'];
      expect((await send('PATCH', url, { name: 'second' }, { 'if-match': etag })).status).to.equal(204);
      const stale = await send('PATCH', url, { name: 'third' }, { 'if-match': etag });
      expect(stale.status).to.equal(412);
      expect(stale.json.error.code).to.equal('0x80060882');
      expect((await send('DELETE', url, undefined, { 'if-match': etag })).status).to.equal(412);
    });

    it('sets and clears a single property', async () => {
      const url = await create('accounts', { name: 'p' });
      await send('PUT', `${url}/description`, { value: 'text' });
      expect(await read(url)).to.include({ description: 'text' });
      await send('DELETE', `${url}/description`);
      expect(await read(url)).to.include({ description: null });
    });
  });

  describe('lookups', () => {
    it('of several tables point at one of them', async () => {
      const account = await create('accounts', { name: 'A' });
      const contact = await create('contacts', { lastname: 'C' });
      const order = await create('salesorders', { name: 'O', 'customerid_account@odata.bind': account });
      const shape = '?$select=name&$expand=customerid_account($select=name),customerid_contact($select=lastname)';
      expect(await read(order + shape)).to.deep.include({ customerid_contact: null });
      await send('PATCH', order, { 'customerid_contact@odata.bind': contact });
      const row = await read(order + shape);
      expect(row.customerid_account).to.equal(null);
      expect(row.customerid_contact.lastname).to.equal('C');
      await send('PATCH', order, { customerid_contact: null });
      expect((await read(order))._customerid_value).to.equal(null);
    });

    it('are set, read and cleared by reference', async () => {
      const account = await create('accounts', { name: 'Ref' });
      const order = await create('salesorders', { name: 'O' });
      expect((await send('PUT', `${order}/customerid_account/$ref`, { '@odata.id': account })).status).to.equal(204);
      expect((await send('GET', `${order}/customerid_account/$ref`)).json['@odata.id']).to.equal(account);
      expect((await send('DELETE', `${order}/customerid_account/$ref`)).status).to.equal(204);
      expect((await send('GET', `${order}/customerid_account/$ref`)).status).to.equal(204);
      await send('POST', `${account}/account_salesorder_customerid_account/$ref`, { '@odata.id': order });
      expect((await read(`${order}/customerid_account`)).name).to.equal('Ref');
    });
  });

  it('deleting takes the row away', async () => {
    const url = await create('accounts', { name: 'gone' });
    expect((await send('DELETE', url)).status).to.equal(204);
    expect((await send('GET', url)).status).to.equal(404);
    expect((await send('DELETE', url)).status).to.equal(404);
  });

  it('keep every digit of an amount', async () => {
    const answer = await send('POST', 'salesorders', '{"name":"n","totalamount":12345678901234567.8912}', {
      prefer: 'return=representation',
      accept: 'application/json;IEEE754Compatible=true',
    });
    expect(answer.json).to.include({
      totalamount: '12345678901234567.8912',
      totalamount_base: '12345678901234567.8912',
    });
  });

  describe('refusals', () => {
    const cases: readonly [string, string, Json, number, string, string][] = [
      [
        'text that is too long',
        'accounts',
        { name: 'n', accountnumber: 'x'.repeat(21) },
        400,
        '0x80044331',
        "The length of the 'accountnumber' attribute of the 'account' entity exceeded the maximum allowed length of '20'.",
      ],
      [
        'an option that is none',
        'salesorders',
        { name: 'n', msdyn_ordertype: 7 },
        400,
        '0x8004431a',
        "The value of 'msdyn_ordertype' on record of type 'salesorder' is outside the valid range. Accepted Values: 192350000,192350001",
      ],
      [
        'an unknown property',
        'accounts',
        { Name: 'n' },
        400,
        '0x0',
        "Invalid property 'Name' was found in entity 'Microsoft.Dynamics.CRM.account'.",
      ],
      [
        'an unknown navigation property',
        'salesorders',
        { 'customerid@odata.bind': '/accounts(1)' },
        400,
        '0x80048d19',
        "An undeclared property 'customerid' which only has property annotations in the payload",
      ],
      [
        'a lookup column instead of its navigation property',
        'salesorders',
        { _customerid_value: NOBODY },
        400,
        '0x80060888',
        'CRM do not support direct update of Entity Reference properties',
      ],
      [
        'a value of another type',
        'salesorders',
        { name: 'n', totalamount: 'a lot' },
        400,
        '0x80048d19',
        "Cannot convert the literal 'a lot' to the expected type 'Edm.Decimal'",
      ],
      ['a date before 1753', 'salesorders', { name: 'n', submitdate: '1700-01-01' }, 400, '0x80048d19', "'Edm.Date'"],
      [
        'a reference to a row that is not there',
        'salesorders',
        { 'customerid_account@odata.bind': `/accounts(${NOBODY})` },
        404,
        '0x80040217',
        'Does Not Exist',
      ],
      [
        'a reference to another table',
        'salesorders',
        { 'customerid_account@odata.bind': `/contacts(${NOBODY})` },
        400,
        '0x80048d19',
        "does not refer to a 'accounts' row",
      ],
      [
        'a missing required value',
        'transactioncurrencies',
        { isocurrencycode: 'XXX' },
        400,
        '0x80040203',
        'cannot be set to NULL',
      ],
    ];
    for (const [what, set, body, status, code, message] of cases) {
      it(`of ${what}`, async () => {
        const answer = await send('POST', set, body);
        expect(answer.status).to.equal(status);
        expect(answer.json.error.code).to.equal(code);
        expect(answer.json.error.message).to.contain(message);
      });
    }

    it('of a key that another row has', async () => {
      const url = await create('accounts', { name: 'n', accountnumber: 'TWICE' });
      const { status, json } = await send('POST', 'accounts', { name: 'm', accountnumber: 'twice' });
      expect([status, json.error.code]).to.deep.equal([412, '0x80060892']);
      expect(json.error.message).to.match(
        /^Entity Key accountnumber_key violated\. A record with the same value for accountnumber already exists\./,
      );
      const id = /\(([^)]+)\)/.exec(url)?.[1];
      expect((await send('POST', 'accounts', { accountid: id, name: 'm' })).json.error.code).to.equal('0x80040237');
    });

    it('of JSON that is torn', async () => {
      expect((await send('POST', 'accounts', '{"name":')).status).to.equal(400);
    });

    it('of a verb that the resource does not know', async () => {
      expect((await send('PUT', `accounts(${NOBODY})`, {})).status).to.equal(405);
    });
  });
});
