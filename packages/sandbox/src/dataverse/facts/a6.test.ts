import { expect } from 'chai';
import { startSandbox } from '../../index.js';
import type { Json } from './support.test.support.js';
import { Environment, idIn, NOBODY, refusal } from './support.test.support.js';

const RETURN = { prefer: 'return=representation' };

describe('protocols A6: create, update, upsert, delete', () => {
  const { send, get, create } = new Environment();
  const etagOf = async (url: string): Promise<string> => (await get(url)).json['@odata.etag'];

  it('A6: create is 204 with OData-EntityId; with representation 201, the row, and no OData-EntityId', async () => {
    const plain = await send('POST', 'accounts', { name: 'a' });
    expect([plain.status, plain.headers.has('odata-entityid')]).to.deep.equal([204, true]);
    const full = await send('POST', 'accounts?$select=name', { name: 'b' }, RETURN);
    expect([full.status, full.headers.has('odata-entityid'), full.json.name]).to.deep.equal([201, false, 'b']);
  });

  it('A6: a created row comes with what it expands, etags included', async () => {
    const body = { name: 'o', customerid_account: { name: 'nested' } };
    const path = 'salesorders?$select=name&$expand=customerid_account($select=name)';
    const { json } = await send('POST', path, body, RETURN);
    expect(json.customerid_account.name).to.equal('nested');
    expect(json.customerid_account['@odata.etag']).to.match(/^W\/"\d+"$/);
  });

  it('A6: update is 204; with representation 200, and $expand is ignored', async () => {
    const url = await create('salesorders', { name: 'o', customerid_account: { name: 'nested' } });
    expect((await send('PATCH', url, { name: 'p' }, { 'if-match': '*' })).status).to.equal(204);
    const path = `${url}?$select=name&$expand=customerid_account($select=name)`;
    const { status, json } = await send('PATCH', path, { name: 'q' }, { ...RETURN, 'if-match': '*' });
    expect([status, json.name]).to.deep.equal([200, 'q']);
    expect(json).not.to.have.property('customerid_account');
  });

  it('A6: upsert is 204 both ways and echoes the key; with representation 201 or 200', async () => {
    const key = "accounts(accountnumber='U-1')";
    const made = await send('PATCH', key, { name: 'one' });
    expect(made.status).to.equal(204);
    expect(made.headers.get('odata-entityid')).to.match(/\/accounts\(accountnumber='U-1'\)$/);
    expect((await send('PATCH', key, { name: 'two' })).status).to.equal(204);
    expect((await send('PATCH', key, { name: 'three' }, RETURN)).status).to.equal(200);
    expect((await send('PATCH', "accounts(accountnumber='U-2')", { name: 'four' }, RETURN)).status).to.equal(201);
    expect((await send('PATCH', `accounts(${NOBODY})`, { name: 'five' })).status).to.equal(204);
  });

  it('A6: If-None-Match: * only creates, otherwise 412', async () => {
    const url = await create('accounts', { name: 'there' });
    const answer = await send('PATCH', url, { name: 'x' }, { 'if-none-match': '*' });
    expect(refusal(answer)).to.deep.equal([412, '0x80040237', 'A record with matching key values already exists.']);
  });

  it('A6: If-None-Match: * creates by an alternate key, with 204', async () => {
    const only = { 'if-none-match': '*' };
    const key = "accounts(accountnumber='ONCE-1')";
    expect((await send('PATCH', key, { name: 'first' }, only)).status).to.equal(204);
    expect(refusal(await send('PATCH', key, { name: 'second' }, only)).slice(0, 1)).to.deep.equal([412]);
    expect((await get(key)).json.name).to.equal('first');
  });

  it('A6: a create under a key that is taken is 412', async () => {
    const id = idIn(await create('accounts', { name: 'taken' }));
    const answer = refusal(await send('POST', 'accounts', { accountid: id, name: 'again' }));
    expect(answer).to.deep.equal([412, '0x80040237', 'A record with matching key values already exists.']);
  });

  it('A6: a column that is sent counts as changed, also with the same value', async () => {
    const url = await create('accounts', { name: 'same' });
    const before = await etagOf(url);
    await send('PATCH', url, { name: 'same' });
    expect(await etagOf(url)).not.to.equal(before);
  });

  it('A6: If-Match: * only updates, otherwise 404', async () => {
    const id = '88888888-8888-4888-8888-888888888888';
    const answer = await send('PATCH', `accounts(${id})`, { name: 'x' }, { 'if-match': '*' });
    expect(refusal(answer)).to.deep.equal([404, '0x80040217', `account With Id = ${id} Does Not Exist`]);
  });

  it('A6: a single property is put, and deleted', async () => {
    const url = await create('accounts', { name: 'p' });
    expect((await send('PUT', `${url}/telephone1`, { value: '555' })).status).to.equal(204);
    expect((await get(`${url}/telephone1`)).json.value).to.equal('555');
    expect((await send('DELETE', `${url}/telephone1`)).status).to.equal(204);
    expect((await get(url)).json.telephone1).to.equal(null);
  });

  it('A6: delete is 204, and 404 where nothing is', async () => {
    const url = await create('accounts', { name: 'gone' });
    expect((await send('DELETE', url)).status).to.equal(204);
    expect((await send('DELETE', url)).status).to.equal(404);
  });

  it('A6: key columns in an upsert are dropped on update, and win over the URL on create', async () => {
    await send('PATCH', "accounts(accountnumber='K-1')", { name: 'k' });
    await send('PATCH', "accounts(accountnumber='K-1')", { name: 'k2', accountnumber: 'OTHER' });
    expect((await get("accounts(accountnumber='K-1')")).json.name).to.equal('k2');
    await send('PATCH', "accounts(accountnumber='K-2')", { name: 'n', accountnumber: 'BODY' });
    expect((await get("accounts(accountnumber='BODY')")).json.name).to.equal('n');
    expect((await get("accounts(accountnumber='K-2')")).status).to.equal(404);
  });

  it('A6: wrong key names are 400', async () => {
    const { status, json } = await get("accounts(name='x')");
    expect(status).to.equal(400);
    expect(json.error.message).to.match(
      /^The key in the request URI is not valid for resource 'Microsoft\.Dynamics\.CRM\.account'/,
    );
  });

  for (const character of ['/', '<', '>', '*', '%', '&', ':', '\\', '?', '+']) {
    it(`A6: an alternate key with ${character} cannot be used in a URL`, async () => {
      await create('accounts', { name: 'n', accountnumber: `X${character}1` });
      const url = `accounts(accountnumber='${encodeURIComponent(`X${character}1`)}')`;
      expect(refusal(await get(url))).to.deep.equal([400, '0x8006088a', 'Bad Request - Error in query syntax.']);
      expect((await send('PATCH', url, { name: 'n' })).status).to.equal(400);
    });
  }

  it('A6: violating an alternate key is 412 0x80060892', async () => {
    await create('accounts', { name: 'a', accountnumber: 'V' });
    const answer = await send('POST', 'accounts', { name: 'b', accountnumber: 'V' });
    expect(refusal(answer).slice(0, 2)).to.deep.equal([412, '0x80060892']);
    expect(answer.json.error.message).to.match(/^Entity Key .* violated\. A record with the same value for /);
  });

  it('A6: keys are found through EntityDefinitions', async () => {
    const query =
      "EntityDefinitions(LogicalName='account')?$select=SchemaName&$expand=Keys($select=KeyAttributes,EntityKeyIndexStatus)";
    const { json } = await get(query);
    expect(json.Keys).to.have.length(1);
    expect(json.Keys[0]).to.include({ EntityKeyIndexStatus: 'Active' });
    expect(json.Keys[0].KeyAttributes).to.deep.equal(['accountnumber']);
  });

  describe('keys of several columns', () => {
    const key = { table: 'salesorder', columns: ['transactioncurrencyid', 'msdyn_ordertype', 'totaltax'] };
    const unusable = [
      { table: 'contact', columns: ['emailaddress1'], status: 'Pending' },
      { table: 'contact', columns: ['firstname'], status: 'InProgress' },
      { table: 'contact', columns: ['lastname'], status: 'Failed' },
    ] as const;
    const numbers = { table: 'salesorder', columns: ['submitstatus', 'lastbackofficesubmit'] };
    const alternateKeys = [key, numbers, ...unusable];
    const { send, get, create } = new Environment({ empty: true, dataverse: { alternateKeys } });
    const usd = { isocurrencycode: 'USD', currencyname: 'Dollar', currencysymbol: '$', currencyprecision: 2 };
    let currency = '';
    const order = (name: string) => ({
      name,
      totaltax: 20,
      msdyn_ordertype: 192350001,
      'transactioncurrencyid@odata.bind': currency,
    });
    const address = () =>
      `salesorders(_transactioncurrencyid_value=${idIn(currency)},msdyn_ordertype=192350001,totaltax=20)`;

    before(async () => {
      currency = await create('transactioncurrencies', { ...usd, exchangerate: 1 });
      await create('salesorders', order('first'));
    });

    it('A6: lookups, choices and decimals may be part of a key, in any order', async () => {
      expect((await get(address())).json.name).to.equal('first');
      expect((await send('PATCH', address(), { name: 'renamed' })).status).to.equal(204);
      const other = `salesorders(totaltax=20.0,msdyn_ordertype=192350001,_transactioncurrencyid_value=${idIn(currency)})`;
      expect((await get(other)).json.name).to.equal('renamed');
      expect((await get('salesorders(totaltax=20)')).status).to.equal(400);
    });

    it('A6: the answer to an upsert echoes the key as it was given', async () => {
      const answer = await send('PATCH', address(), { name: 'renamed' });
      expect(answer.headers.get('odata-entityid')).to.satisfy((url: string) => url.endsWith(`/${address()}`));
    });

    it('A6: a lookup that is part of the key is dropped from an update as well', async () => {
      const euro = await create('transactioncurrencies', { ...usd, isocurrencycode: 'EUR', exchangerate: 2 });
      await send('PATCH', address(), { 'transactioncurrencyid@odata.bind': euro, totaltax: 99, name: 'kept' });
      expect((await get(address())).json).to.include({ name: 'kept', totaltax: 20 });
    });

    it('A6: such a key is violated by all its columns together', async () => {
      const again = await send('POST', 'salesorders', order('second'));
      expect(refusal(again).slice(0, 2)).to.deep.equal([412, '0x80060892']);
      expect(again.json.error.message).to.include(
        'Entity Key salesorder_transactioncurrencyid_msdyn_ordertype_totaltax',
      );
      expect((await send('POST', 'salesorders', { ...order('third'), totaltax: 21 })).status).to.equal(204);
    });

    it('A6: an upsert creates the row with the columns of its key', async () => {
      const url = address().replace('totaltax=20', 'totaltax=30');
      expect((await send('PATCH', url, { name: 'made' })).status).to.equal(204);
      const { json } = await get(url);
      expect(json).to.include({ name: 'made', _transactioncurrencyid_value: idIn(currency), totaltax: 30 });
    });

    it('A6: whole numbers and moments may be part of a key', async () => {
      await create('salesorders', { name: 'n', submitstatus: 7, lastbackofficesubmit: '2026-03-01T10:00:00Z' });
      const path = 'salesorders(submitstatus=7,lastbackofficesubmit=2026-03-01T10:00:00Z)';
      expect((await get(path)).json.name).to.equal('n');
    });

    unusable.forEach(({ status, columns: [column] }) => {
      it(`A6: a key whose index is ${status} finds no row, and keeps none apart`, async () => {
        for (const lastname of ['a', 'b']) await create('contacts', { lastname, [column]: 'same' });
        expect((await get(`contacts(${column}='same')`)).status).to.equal(400);
        const keys = "EntityDefinitions(LogicalName='contact')/Keys?$select=KeyAttributes,EntityKeyIndexStatus";
        const { value } = (await get(keys)).json;
        const key = value.find(({ KeyAttributes: [name] }: Json) => name === column);
        expect(key.EntityKeyIndexStatus).to.equal(status);
      });
    });

    const impossible: [string, { table: string; columns: string[] }[]][] = [
      [
        'more than 10 keys of a table',
        Array.from({ length: 11 }, (_, index) => ({
          table: 'contact',
          columns: [`address1_line${(index % 3) + 1}`],
          name: `k${index}`,
        })),
      ],
      ['more than 16 columns', [{ table: 'contact', columns: Array.from({ length: 17 }, () => 'statecode') }]],
      ['more than 900 bytes', [{ table: 'salesorder', columns: ['name', 'billto_name'] }]],
      [
        'a column that is neither text, number, date, choice nor lookup',
        [{ table: 'msdyn_actual', columns: ['msdyn_isjournalized'] }],
      ],
      ['a table that is not there', [{ table: 'nowhere', columns: ['name'] }]],
    ];
    for (const [what, alternateKeys] of impossible) {
      it(`A6: ${what}: the key cannot be defined`, async () => {
        const failure = await startSandbox({ empty: true, dataverse: { alternateKeys } }).catch(
          (thrown: unknown) => thrown,
        );
        expect(failure).to.include({ code: 'SANDBOX_OPTION_INVALID' });
      });
    }
  });

  it('A6: in older environments a table has at most 5 keys', async () => {
    const alternateKeys = ['address1_line1', 'firstname', 'lastname', 'jobtitle', 'telephone1', 'mobilephone'].map(
      (column) => ({ table: 'contact', columns: [column] }),
    );
    const started = (dataverse: Json) =>
      startSandbox({ empty: true, dataverse }).then(
        (sandbox) => sandbox.stop(),
        (thrown: unknown) => thrown,
      );
    expect(await started({ alternateKeys })).to.equal(undefined);
    expect(await started({ alternateKeys, maxAlternateKeys: 5 })).to.include({ code: 'SANDBOX_OPTION_INVALID' });
  });

  it('A6: a deep insert creates everything or nothing', async () => {
    const lines = [{ salesorderdetailname: 'one' }, { salesorderdetailname: 'two' }];
    const url = await create('salesorders', { name: 'deep', salesorder_salesorderdetail_salesorderid: lines });
    const details = `salesorderdetails/$count?$filter=_salesorderid_value eq ${idIn(url)}`;
    expect((await get(details)).text).to.equal('2');
    const before = (await get('salesorderdetails/$count')).text;
    const bad = [...lines, { salesorderdetailname: 'x'.repeat(600) }];
    const refused = await send('POST', 'salesorders', { name: 'no', salesorder_salesorderdetail_salesorderid: bad });
    expect(refused.status).to.equal(400);
    expect((await get('salesorderdetails/$count')).text).to.equal(before);
    expect((await get("salesorders/$count?$filter=name eq 'no'")).text).to.equal('0');
  });

  it('A6: a stale If-Match is 412 on PATCH and DELETE', async () => {
    const url = await create('accounts', { name: 'e' });
    const etag = await etagOf(url);
    expect((await get(url)).headers.get('etag')).to.equal(etag);
    expect((await send('PATCH', url, { name: 'f' }, { 'if-match': etag })).status).to.equal(204);
    for (const method of ['PATCH', 'DELETE']) {
      const answer = await send(method, url, method === 'PATCH' ? { name: 'g' } : undefined, { 'if-match': etag });
      expect(refusal(answer)).to.deep.equal([
        412,
        '0x80060882',
        "The version of the existing record doesn't match the RowVersion property provided.",
      ]);
    }
    expect((await send('DELETE', url, undefined, { 'if-match': await etagOf(url) })).status).to.equal(204);
  });

  it('A6: a stale If-Match is 412 on a single property too', async () => {
    const url = await create('accounts', { name: 'e', telephone1: '1' });
    const etag = await etagOf(url);
    const current = { 'if-match': etag };
    expect((await send('PUT', `${url}/telephone1`, { value: '2' }, current)).status).to.equal(204);
    for (const [method, body] of [['PUT', { value: '3' }], ['DELETE']] as const) {
      const answer = await send(method, `${url}/telephone1`, body, current);
      expect(refusal(answer).slice(0, 2)).to.deep.equal([412, '0x80060882']);
      expect((await get(`${url}/telephone1`)).json.value).to.equal('2');
    }
    expect((await send('DELETE', `${url}/telephone1`, undefined, { 'if-match': '*' })).status).to.equal(204);
  });

  it('A6: If-None-Match with the etag is 304, never with $expand or annotations', async () => {
    const url = await create('accounts', { name: 'n' });
    const unchanged = { 'if-none-match': await etagOf(url) };
    expect((await get(url, unchanged)).status).to.equal(304);
    expect((await get(`${url}?$expand=primarycontactid`, unchanged)).status).to.equal(200);
    expect((await get(url, { ...unchanged, prefer: 'odata.include-annotations="*"' })).status).to.equal(200);
    await send('PATCH', url, { name: 'm' });
    expect((await get(url, unchanged)).status).to.equal(200);
  });

  it('A6: a row goes with its parent, loses its lookup, or keeps what it refers to: 405', async () => {
    const usd = { isocurrencycode: 'USD', currencyname: 'Dollar', currencysymbol: '$', currencyprecision: 2 };
    const currency = await create('transactioncurrencies', { ...usd, exchangerate: 1 });
    const customer = await create('accounts', { name: 'c' });
    const order = await create('salesorders', {
      name: 'o',
      'customerid_account@odata.bind': customer,
      'transactioncurrencyid@odata.bind': currency,
      salesorder_salesorderdetail_salesorderid: [{ salesorderdetailname: 'line' }],
    });
    const used = await send('DELETE', currency);
    expect(refusal(used).slice(0, 2)).to.deep.equal([405, '0x80040227']);
    expect((await send('DELETE', customer)).status).to.equal(204);
    expect((await get(order)).json._customerid_value).to.equal(null);
    expect((await send('DELETE', order)).status).to.equal(204);
    const left: Json = (await get(`salesorderdetails?$filter=_salesorderid_value eq ${idIn(order)}`)).json;
    expect(left.value).to.deep.equal([]);
  });
});
