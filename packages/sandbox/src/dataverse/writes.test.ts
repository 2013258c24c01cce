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
  });

  describe('lookups', () => {
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
  });
});
