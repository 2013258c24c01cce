import { expect } from 'chai';
import type { Json } from './support.test.support.js';
import { Environment, idIn, refusal } from './support.test.support.js';

describe('protocols A5: lookups, expand, annotations', () => {
  const { send, get, create } = new Environment();
  let account = '';
  let contact = '';
  let order = '';

  before(async () => {
    const usd = { isocurrencycode: 'USD', currencyname: 'Dollar', currencysymbol: '$', currencyprecision: 2 };
    await create('transactioncurrencies', { ...usd, exchangerate: 1 });
    contact = await create('contacts', { lastname: 'Doe' });
    account = await create('accounts', {
      name: 'Contoso',
      accountnumber: 'A1',
      'primarycontactid@odata.bind': contact,
    });
    order = await create('salesorders', {
      name: 'Order',
      totalamount: 1234.5,
      ispricelocked: true,
      submitdate: '2024-02-29',
      'customerid_account@odata.bind': "/accounts(accountnumber='A1')",
    });
  });

  it('A5: navigation property names are case-sensitive', async () => {
    const wrong = await send('PATCH', order, { 'Customerid_Account@odata.bind': account });
    expect(wrong.status).to.equal(400);
  });

  it('A5: a bind may leave out the slash, and name an alternate key', async () => {
    const bind = { 'customerid_account@odata.bind': "accounts(accountnumber='A1')" };
    expect((await send('PATCH', order, bind)).status).to.equal(204);
  });

  it('A5: a lookup is cleared by a null bind, by null, or by deleting the reference', async () => {
    const clear = [
      () => send('PATCH', order, { 'customerid_account@odata.bind': null }),
      () => send('PATCH', order, { customerid_account: null }),
      () => send('DELETE', `${order}/customerid_account/$ref`),
    ];
    for (const way of clear) {
      await send('PUT', `${order}/customerid_account/$ref`, { '@odata.id': account });
      expect((await get(order)).json._customerid_value).to.equal(idIn(account));
      expect((await way()).status).to.equal(204);
      expect((await get(order)).json._customerid_value).to.equal(null);
    }
    await send('PATCH', order, { 'customerid_account@odata.bind': account });
  });

  it('A5: a polymorphic lookup has one value; binding one target nulls the others', async () => {
    const [account, contact] = [await create('accounts', { name: 'A' }), await create('contacts', { lastname: 'C' })];
    const order = await create('salesorders', { name: 'o', 'customerid_account@odata.bind': account });
    await send('PATCH', order, { 'customerid_contact@odata.bind': contact });
    const { json } = await get(`${order}?$expand=customerid_account,customerid_contact`);
    expect(json).to.include({ _customerid_value: idIn(contact), customerid_account: null });
    expect(json.customerid_contact.lastname).to.equal('C');
  });

  it('A5: a reference takes nothing out of a collection that it is not in', async () => {
    const [own, other] = [await create('accounts', { name: 'own' }), await create('accounts', { name: 'other' })];
    const order = await create('salesorders', { name: 'o', 'customerid_account@odata.bind': own });
    const path = `account_salesorder_customerid_account(${idIn(order)})/$ref`;
    expect((await send('DELETE', `${other}/${path}`)).status).to.equal(204);
    expect((await get(order)).json._customerid_value).to.equal(idIn(own));
    await send('DELETE', `${own}/${path}`);
    expect((await get(order)).json._customerid_value).to.equal(null);
  });

  it('A5: rows are added to a collection and taken out of it by reference', async () => {
    const collection = `${account}/account_salesorder_customerid_account`;
    const second = await create('salesorders', { name: 'Second' });
    expect((await send('POST', `${collection}/$ref`, { '@odata.id': second })).status).to.equal(204);
    const listed = (await get(`${collection}/$ref`)).json.value.map((each: Json) => each['@odata.id']);
    expect(listed).to.include(second);
    expect((await send('DELETE', `${collection}(${idIn(second)})/$ref`)).status).to.equal(204);
    expect((await get(second)).json._customerid_value).to.equal(null);
    await send('POST', `${collection}/$ref`, { '@odata.id': second });
    expect((await send('DELETE', `${collection}/$ref?$id=${second}`)).status).to.equal(204);
    expect((await get(second)).json._customerid_value).to.equal(null);
  });

  it('A5: a collection comes in pages, each with the link to the next one', async () => {
    const owner = await create('accounts', { name: 'Owner' });
    for (const name of ['1', '2', '3']) await create('salesorders', { name, 'customerid_account@odata.bind': owner });
    const path = `${owner}/account_salesorder_customerid_account`;
    const prefer = { prefer: 'odata.maxpagesize=2' };
    const first = await get(`${path}?$select=name`, prefer);
    const second = await get(first.json['@odata.nextLink'], prefer);
    const names = [...first.json.value, ...second.json.value].map((each: Json) => each.name);
    expect(names).to.deep.equal(['1', '2', '3']);
    expect(second.json).not.to.have.property('@odata.nextLink');
    expect((await get(`${path}/$count`)).text).to.equal('3');
    expect((await get(`${path}?$skiptoken=x`)).status).to.equal(400);
  });

  it('A5: a collection is read by the rules of a table: aliases, page size before $top, counts', async () => {
    const owner = await create('accounts', { name: 'Rules' });
    for (const name of ['1', '2', '3']) await create('salesorders', { name, 'customerid_account@odata.bind': owner });
    const path = `${owner}/account_salesorder_customerid_account`;
    const names = async (query: string, prefer = ''): Promise<string[]> =>
      (await get(`${path}?$select=name&${query}`, { prefer })).json.value.map((row: Json) => row.name);
    expect(await names("$filter=name eq @p1&@p1='2'")).to.deep.equal(['2']);
    expect(await names('$top=1', 'odata.maxpagesize=2')).to.deep.equal(['1', '2']);
    const { json } = await get(`${path}?$count=true`, { prefer: 'odata.include-annotations="*"' });
    expect(json).to.include({ '@odata.count': 3, '@Microsoft.Dynamics.CRM.totalrecordcount': 3 });
    for (const token of ['-1', '1e0', '0x1']) expect((await get(`${path}?$skiptoken=${token}`)).status).to.equal(400);
  });

  it('A5: the rest of an expanded collection is what its own options leave', async () => {
    const owner = await create('accounts', { name: 'Rest' });
    for (const name of ['1', '2', '3']) await create('salesorders', { name, 'customerid_account@odata.bind': owner });
    const collection = 'account_salesorder_customerid_account';
    for (const options of ["$filter=name eq '2'", '$orderby=name desc;$top=1', '$select=name']) {
      const { json } = await get(`${owner}?$select=name&$expand=${collection}(${options})`);
      expect(json[collection], options).to.have.length.above(0);
      expect((await get(json[`${collection}@odata.nextLink`])).json.value, options).to.deep.equal([]);
    }
  });

  it('A5: a base amount is written in the base currency', async () => {
    const franc = await create('transactioncurrencies', {
      isocurrencycode: 'CHF',
      currencyname: 'Franc',
      currencysymbol: 'Fr',
      currencyprecision: 2,
      exchangerate: 2,
    });
    const body = { name: 'Franc', totalamount: 10, 'transactioncurrencyid@odata.bind': franc };
    const { json } = await get(`${await create('salesorders', body)}?$select=totalamount,totalamount_base`, {
      prefer: 'odata.include-annotations="*"',
    });
    expect(json).to.include({
      'totalamount@OData.Community.Display.V1.FormattedValue': 'Fr10.00',
      'totalamount_base@OData.Community.Display.V1.FormattedValue': '$5.00',
    });
  });

  it('A5: a create takes rows that are there into its collections', async () => {
    const bound = { 'account_salesorder_customerid_account@odata.bind': [order] };
    const taker = await create('accounts', { name: 'Taker', ...bound });
    expect((await get(order)).json._customerid_value).to.equal(idIn(taker));
    await send('PATCH', order, { 'customerid_account@odata.bind': account });
  });

  it('A5: a list that fits no collection is refused, and so is an update through a collection', async () => {
    const name = 'account_salesorder_customerid_account';
    const bad = [{ [name]: ['text'] }, { [`${name}@odata.bind`]: [{}] }, { [`${name}@odata.bind`]: order }];
    for (const members of bad) {
      expect(refusal(await send('POST', 'accounts', { name: 'Bad', ...members }))[0]).to.equal(400);
    }
    expect((await send('PATCH', account, { [`${name}@odata.bind`]: [order] })).status).to.equal(400);
  });

  it('A5: an amount is written with as many digits as its currency has', async () => {
    const yen = await create('transactioncurrencies', {
      isocurrencycode: 'JPY',
      currencyname: 'Yen',
      currencysymbol: '¥',
      currencyprecision: 0,
      exchangerate: 149.5,
    });
    const dear = await create('salesorders', {
      name: 'Dear',
      totalamount: 99_999_999_999.5,
      'transactioncurrencyid@odata.bind': yen,
    });
    const { json } = await get(`${dear}?$select=totalamount`, { prefer: 'odata.include-annotations="*"' });
    expect(json).to.include({ 'totalamount@OData.Community.Display.V1.FormattedValue': '¥100,000,000,000' });
  });

  it('A5: annotations come when asked for, each before its property', async () => {
    const { text, json } = await get(`${order}?$select=_customerid_value,totalamount,ispricelocked,submitdate`, {
      prefer: 'odata.include-annotations="*"',
    });
    expect(json).to.include({
      '_customerid_value@OData.Community.Display.V1.FormattedValue': 'Contoso',
      '_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'customerid_account',
      '_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
      'totalamount@OData.Community.Display.V1.FormattedValue': '$1,234.50',
      'ispricelocked@OData.Community.Display.V1.FormattedValue': 'Yes',
      'submitdate@OData.Community.Display.V1.FormattedValue': '2/29/2024',
    });
    expect(text.indexOf('"_customerid_value@')).to.be.below(text.indexOf('"_customerid_value":'));
    const some = await get(`${order}?$select=_customerid_value`, {
      prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.*"',
    });
    expect(Object.keys(some.json).filter((key) => key.includes('FormattedValue'))).to.deep.equal([]);
    expect(Object.keys((await get(order)).json).filter((key) => /\w@/.test(key))).to.deep.equal([]);
    const listed = await get(`${order}?$select=_customerid_value`, {
      prefer:
        'odata.include-annotations="OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname"',
    });
    expect(Object.keys(listed.json).filter((key) => /\w@/.test(key))).to.have.members([
      '_customerid_value@OData.Community.Display.V1.FormattedValue',
      '_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname',
    ]);
  });

  it('A5: expands nest, with semicolons inside; a collection brings its next link; a lookup has no etag', async () => {
    const expand = '$expand=customerid_account($select=name;$expand=primarycontactid($select=lastname))';
    const { json } = await get(`${order}?$select=name&${expand}`);
    expect(json.customerid_account).to.not.have.property('@odata.etag');
    expect(json.customerid_account.primarycontactid.lastname).to.equal('Doe');
    const collection = 'account_salesorder_customerid_account';
    const rows = (await get(`${account}?$select=name&$expand=${collection}($select=name)`)).json;
    expect(rows[collection][0]).to.include({ name: 'Order' });
    expect(rows).to.have.property(`${collection}@odata.nextLink`);
  });

  it('A5: a lookup nests in a collection, and a collection in a lookup', async () => {
    const collection = 'account_salesorder_customerid_account';
    const down = `$expand=${collection}($select=name;$expand=customerid_account($select=name))`;
    const rows = (await get(`${account}?$select=name&${down}`)).json[collection];
    expect(rows[0].customerid_account).to.include({ name: 'Contoso' });
    const up = `$expand=customerid_account($select=name;$expand=${collection}($select=name))`;
    const { json } = await get(`${order}?$select=name&${up}`);
    expect(json.customerid_account[collection].map((row: Json) => row.name)).to.include('Order');
  });

  it('A5: at most 15 expands', async () => {
    const level = (depth: number): string => (depth === 0 ? '' : `($expand=parentaccountid${level(depth - 1)})`);
    expect((await get(`accounts?$expand=parentaccountid${level(14)}`)).status).to.equal(200);
    expect((await get(`accounts?$expand=parentaccountid${level(15)}`)).status).to.equal(400);
  });

  for (const option of ['$skip=1', '$count=true', '$search=a', '$levels=2']) {
    it(`A5: ${option.split('=')[0]} is refused inside of $expand`, async () => {
      const answer = await get(`accounts?$expand=account_salesorder_customerid_account(${option})`);
      expect(answer.status).to.equal(400);
    });
  }

  it('A5: $orderby and $top inside of an expand are refused when nesting', async () => {
    const collection = 'account_salesorder_customerid_account';
    expect((await get(`accounts?$expand=${collection}($orderby=name;$top=1)`)).status).to.equal(200);
    for (const option of ['$top=1', '$orderby=name']) {
      const nested = `$expand=${collection}(${option};$expand=transactioncurrencyid)`;
      expect((await get(`accounts?${nested}`)).status, option).to.equal(400);
    }
  });

  it('A5: $ref is expanded for lookups only', async () => {
    const { json } = await get(`${order}?$select=name&$expand=customerid_account/$ref`);
    expect(json.customerid_account).to.deep.equal({ '@odata.id': account });
    expect((await get('accounts?$expand=account_salesorder_customerid_account/$ref')).status).to.equal(400);
  });
});
