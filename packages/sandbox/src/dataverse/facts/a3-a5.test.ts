import { expect } from 'chai';
import type { Json } from './support.test.support.js';
import { Environment, idIn, refusal } from './support.test.support.js';

const CRM = 'Microsoft.Dynamics.CRM';

describe('protocols A3: queries', () => {
  const environment = new Environment();
  const { get, create } = environment;
  const names = async (query: string): Promise<string[]> => {
    const { json, text } = await get(`accounts?$select=name&${query}`);
    if (!json?.value) throw new TypeError(text);
    return json.value.map((row: Json) => row.name).sort();
  };
  const ids = new Map<string, string>();

  before(async () => {
    const euro = await create('transactioncurrencies', {
      isocurrencycode: 'EUR',
      currencyname: 'Euro',
      currencysymbol: '€',
      currencyprecision: 2,
      exchangerate: 1,
    });
    const rows: Json[] = [
      { name: 'Head', numberofemployees: 100, description: '100% _sure_', creditlimit: 10, customertypecode: 3 },
      { name: 'Middle', parent: 'Head', numberofemployees: 50, creditlimit: 20.5, customertypecode: 3 },
      { name: 'Leaf', parent: 'Middle', numberofemployees: 5, creditlimit: 0.25, customertypecode: 8 },
      { name: "O'Bryan", telephone1: 'Middle' },
    ];
    for (const { parent, ...row } of rows) {
      const bind = parent ? { 'parentaccountid@odata.bind': ids.get(parent) } : {};
      ids.set(row.name, await create('accounts', { ...row, ...bind, 'transactioncurrencyid@odata.bind': euro }));
    }
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    for (const offset of [-400, -40, -1, 0, 1, 400]) {
      await create('contacts', { lastname: String(offset), birthdate: day(offset) });
    }
  });

  for (const option of ['$skip=1', '$search=a', '$format=json', '$compute=a', '$Select=name']) {
    it(`A3: ${option.split('=')[0]} is not supported`, async () => {
      expect(refusal(await get(`accounts?${option}`)).slice(0, 2)).to.deep.equal([400, '0x80060888']);
    });
  }

  it('A3: a URL may have 32,768 characters, and 65,536 inside of a batch', async () => {
    const list = (length: number) => `accounts?$filter=name eq '${'x'.repeat(length)}'`;
    expect((await get(list(32_000))).status).to.equal(200);
    expect((await get(list(33_000))).status).to.equal(414);
    const inside = await environment.batch([`GET ${list(60_000)} HTTP/1.1\r\n\r\n`]);
    expect(inside.text).to.contain('HTTP/1.1 200 OK');
    const tooLong = await environment.batch([`GET ${list(66_000)} HTTP/1.1\r\n\r\n`]);
    expect(tooLong.text).to.contain('HTTP/1.1 414');
  });

  it('A3: strings compare without case, quotes are doubled', async () => {
    expect(await names("$filter=name eq 'hEAD'")).to.deep.equal(['Head']);
    expect(await names("$filter=name eq 'O''Bryan'")).to.deep.equal(["O'Bryan"]);
  });

  it('A3: % _ and [] are wildcards in contains, startswith, endswith', async () => {
    expect(await names("$filter=startswith(name,'H%25d')")).to.deep.equal(['Head']);
    expect(await names("$filter=contains(name,'_ea_')")).to.deep.equal(['Head', 'Leaf']);
    expect(await names("$filter=startswith(name,'[HL]ea')")).to.deep.equal(['Head', 'Leaf']);
    expect(await names("$filter=endswith(name,'[^d]')")).to.deep.equal(['Leaf', 'Middle', "O'Bryan"]);
  });

  it('A3: lookups are filtered through, over several levels, or by their guid, bare or quoted', async () => {
    expect(await names("$filter=parentaccountid/parentaccountid/name eq 'Head'")).to.deep.equal(['Leaf']);
    const head = idIn(ids.get('Head') ?? '');
    expect(await names(`$filter=_parentaccountid_value eq ${head}`)).to.deep.equal(['Middle']);
    expect(await names(`$filter=_parentaccountid_value eq '${head}'`)).to.deep.equal(['Middle']);
  });

  it('A3: any and all look into collections', async () => {
    const collection = 'account_account_parentaccountid';
    expect(await names(`$filter=${collection}/any(c:c/numberofemployees lt 10)`)).to.deep.equal(['Middle']);
    expect(await names(`$filter=${collection}/any()`)).to.deep.equal(['Head', 'Middle']);
    expect(await names(`$filter=${collection}/any() and ${collection}/all(c:c/numberofemployees gt 10)`)).to.deep.equal(
      ['Head'],
    );
  });

  it('A3: columns of a row compare with each other', async () => {
    expect(await names('$filter=name ne telephone1 and telephone1 ne null')).to.deep.equal(["O'Bryan"]);
    expect((await get('accounts?$filter=name eq numberofemployees')).status).to.equal(400);
  });

  const property = (name: string) => `PropertyName='${name}'`;
  const within: [string, string[]][] = [
    [`In(${property('name')},PropertyValues=["Head","Leaf"])`, ['Head', 'Leaf']],
    [`NotIn(${property('name')},PropertyValues=["Head","Leaf"])`, ['Middle', "O'Bryan"]],
    [`Between(${property('numberofemployees')},PropertyValues=["5","50"])`, ['Leaf', 'Middle']],
    [`ContainValues(${property('customertypecode')},PropertyValues=["8"])`, ['Leaf']],
  ];
  for (const [call, expected] of within) {
    it(`A3: query function ${call.split('(')[0]}`, async () => {
      expect(await names(`$filter=${CRM}.${call}`)).to.deep.equal(expected);
    });
  }

  it('A3: query functions know hierarchies', async () => {
    const of = (name: string, row: string) =>
      names(`$filter=${CRM}.${name}(PropertyName='accountid',PropertyValue='${idIn(ids.get(row) ?? '')}')`);
    expect(await of('Under', 'Head')).to.deep.equal(['Leaf', 'Middle']);
    expect(await of('UnderOrEqual', 'Middle')).to.deep.equal(['Leaf', 'Middle']);
    expect(await of('Above', 'Leaf')).to.deep.equal(['Head', 'Middle']);
    expect(await of('AboveOrEqual', 'Head')).to.deep.equal(['Head']);
    expect(await of('NotUnder', 'Head')).to.deep.equal(['Head', "O'Bryan"]);
  });

  it('A3: query functions know who asks', async () => {
    expect(await names(`$filter=${CRM}.EqualUserId(PropertyName='_createdby_value')`)).to.have.length(4);
    expect(await names(`$filter=${CRM}.NotEqualUserId(PropertyName='_createdby_value')`)).to.have.length(0);
  });

  const dates: [string, string[]][] = [
    ['Today()', ['0']],
    ['Yesterday()', ['-1']],
    ['Tomorrow()', ['1']],
    ['Last7Days()', ['-1', '0']],
    ['Next7Days()', ['0', '1']],
    ['LastXDays(PropertyValue=41)', ['-1', '-40', '0']],
    ['NextXDays(PropertyValue=500)', ['0', '1', '400']],
    ['LastXYears(PropertyValue=2)', ['-1', '-40', '-400', '0']],
    ['NextXMonths(PropertyValue=24)', ['0', '1', '400']],
    ['OlderThanXMonths(PropertyValue=1)', ['-40', '-400']],
    ['OlderThanXDays(PropertyValue=100)', ['-400']],
  ];
  for (const [call, expected] of dates) {
    it(`A3: query function ${call}`, async () => {
      const [name, rest = ''] = call.split('(');
      const inner = rest === ')' ? `PropertyName='birthdate')` : `PropertyName='birthdate',${rest}`;
      const { json, text } = await get(`contacts?$select=lastname&$filter=${CRM}.${name}(${inner}`);
      expect(json.value?.map((row: Json) => row.lastname).sort(), text).to.deep.equal(expected);
    });
  }

  it('A3: query functions of the calendar cover what they say', async () => {
    const count = async (call: string) =>
      (await get(`contacts/$count?$filter=${CRM}.${call}(PropertyName='birthdate')`)).text;
    const today = new Date();
    for (const unit of ['Week', 'Month', 'Year', 'FiscalPeriod', 'FiscalYear']) {
      for (const which of ['Last', 'This', 'Next']) expect(await count(`${which}${unit}`)).to.match(/^\d+$/);
    }
    const year = today.getUTCFullYear();
    const inYear = `${CRM}.InFiscalYear(PropertyName='birthdate',PropertyValue=${year})`;
    expect((await get(`contacts/$count?$filter=${inYear}`)).text).to.equal(await count('ThisFiscalYear'));
    const period = Math.floor(today.getUTCMonth() / 3) + 1;
    const both = `InFiscalPeriodAndYear(PropertyName='birthdate',PropertyValue1=${period},PropertyValue2=${year})`;
    expect((await get(`contacts/$count?$filter=${CRM}.${both}`)).text).to.equal(await count('ThisFiscalPeriod'));
  });

  it('A3: parameter aliases work in $filter and $orderby, not in $expand', async () => {
    expect(await names("$filter=name eq @p1&@p1='Leaf'")).to.deep.equal(['Leaf']);
    const ordered = await get('accounts?$select=name&$orderby=@o desc&@o=name');
    expect(ordered.json.value.map((row: Json) => row.name)[0]).to.equal("O'Bryan");
    const inside = "$expand=account_account_parentaccountid($filter=name eq @p1)&@p1='Leaf'";
    expect((await get(`accounts?${inside}`)).status).to.equal(400);
  });

  it('A3: a bad property is 0x80060888, an unknown set 404 0x8006088a', async () => {
    expect(refusal(await get('accounts?$select=nonsense'))[1]).to.equal('0x80060888');
    expect(refusal(await get('nonsenses'))).to.deep.equal([
      404,
      '0x8006088a',
      "Resource not found for the segment 'nonsenses'.",
    ]);
  });

  it('A3: $select always brings the key, and the currency with an amount', async () => {
    const [row] = (await get('accounts?$select=creditlimit&$top=1')).json.value;
    expect(Object.keys(row)).to.have.members([
      '@odata.etag',
      'creditlimit',
      'accountid',
      '_transactioncurrencyid_value',
    ]);
  });

  it('A3: total record counts come with annotations, -1 and false without $count', async () => {
    const prefer = 'odata.include-annotations="*"';
    const without = (await get('accounts', { prefer })).json;
    expect(without).to.include({
      '@Microsoft.Dynamics.CRM.totalrecordcount': -1,
      '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': false,
    });
    expect((await get('accounts?$count=true', { prefer })).json).to.include({
      '@odata.count': 4,
      '@Microsoft.Dynamics.CRM.totalrecordcount': 4,
    });
  });

  describe('$apply', () => {
    const apply = async (text: string): Promise<Json[]> => {
      const answer = await get(`accounts?$apply=${text}`);
      if (!answer.json?.value) throw new TypeError(answer.text);
      return answer.json.value;
    };

    it('A3: groups, with what is computed of each group', async () => {
      expect(
        await apply('groupby((customertypecode),aggregate($count as count,creditlimit with sum as total))'),
      ).to.deep.equal([
        { customertypecode: 3, count: 2, total: 30.5 },
        { customertypecode: 8, count: 1, total: 0.25 },
        { customertypecode: null, count: 1, total: null },
      ]);
    });

    it('A3: aggregates all rows, after a filter', async () => {
      const aggregates = ['average', 'min', 'max', 'countdistinct'].map(
        (method) => `numberofemployees with ${method} as ${method}`,
      );
      expect(await apply(`filter(customertypecode eq 3)/aggregate(${aggregates.join()})`)).to.deep.equal([
        { average: 75, min: 50, max: 100, countdistinct: 2 },
      ]);
    });

    it('A3: groups by a column behind a lookup', async () => {
      expect(await apply('groupby((transactioncurrencyid/isocurrencycode))')).to.deep.equal([
        { transactioncurrencyid: { isocurrencycode: 'EUR' } },
      ]);
    });

    for (const bad of ['groupby((createdon))', 'groupby(name)', 'aggregate(name with sum as s)', 'top(3)', '(']) {
      it(`A3: refuses ${bad}`, async () => {
        expect((await get(`accounts?$apply=${bad}`)).status).to.equal(400);
      });
    }

    it('A3: does not order by what was aggregated', async () => {
      const answer = await get('accounts?$apply=groupby((name))&$orderby=name');
      expect(answer.json.error.message).to.equal('The query node SingleValueOpenPropertyAccess is not supported.');
    });
  });
});

describe('protocols A3 and A4: counts and pages', () => {
  const { get } = new Environment({ seed: 3, scale: 60 });

  it('A3: @odata.count and $count stop at 5000', async () => {
    const prefer = 'odata.include-annotations="*"';
    const { json } = await get('msdyn_actuals?$select=msdyn_actualid&$count=true&$top=1', { prefer });
    expect(json).to.include({
      '@odata.count': 5000,
      '@Microsoft.Dynamics.CRM.totalrecordcount': 5000,
      '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': true,
    });
  });

  it('A4: default and maximum page is 5000', async () => {
    const select = 'msdyn_actuals?$select=msdyn_actualid';
    expect((await get(select)).json.value).to.have.length(5000);
    expect((await get(select, { prefer: 'odata.maxpagesize=9000' })).json.value).to.have.length(5000);
    expect((await get(select, { prefer: 'odata.maxpagesize=3' })).json.value).to.have.length(3);
  });

  it('A4: the next link keeps the options and carries an encoded cookie inside of a cookie', async () => {
    const first = await get('msdyn_actuals?$select=msdyn_actualid', { prefer: 'odata.maxpagesize=2' });
    const link: string = first.json['@odata.nextLink'];
    expect(link).to.match(
      /\/msdyn_actuals\?\$select=msdyn_actualid&\$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie/,
    );
    expect(decodeURIComponent(link)).to.match(/istracking="False" \/>$/);
    const second = await get(link, { prefer: 'odata.maxpagesize=2' });
    expect(second.json.value).to.have.length(2).and.not.to.deep.include(first.json.value[0]);
    expect(decodeURIComponent(second.json['@odata.nextLink'])).to.contain('pagenumber="3"');
  });

  it('A4: beside odata.maxpagesize, $top is ignored', async () => {
    const { json } = await get('msdyn_actuals?$select=msdyn_actualid&$top=1', { prefer: 'odata.maxpagesize=4' });
    expect(json.value).to.have.length(4);
    expect(json).to.have.property('@odata.nextLink');
  });
});

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
    const nested = `$expand=${collection}($top=1;$expand=transactioncurrencyid)`;
    expect((await get(`accounts?${nested}`)).status).to.equal(400);
  });

  it('A5: $ref is expanded for lookups only', async () => {
    const { json } = await get(`${order}?$select=name&$expand=customerid_account/$ref`);
    expect(json.customerid_account).to.deep.equal({ '@odata.id': account });
    expect((await get('accounts?$expand=account_salesorder_customerid_account/$ref')).status).to.equal(400);
  });
});

describe('protocols A5: N:N relationships', () => {
  const { send, get, create } = new Environment();
  const collection = 'systemuserroles_association';
  let user = '';
  let role = '';

  const rolesOf = async (address: string): Promise<string[]> =>
    (await get(`${address}/${collection}?$select=name`)).json.value.map((each: Json) => each.name);

  before(async () => {
    user = await create('systemusers', { internalemailaddress: 'u@contoso.example', fullname: 'U' });
    role = await create('roles', { name: 'Project Manager' });
  });

  it('A5: rows are associated by reference, once, and disassociated', async () => {
    const reference = `${user}/${collection}/$ref`;
    expect((await send('POST', reference, { '@odata.id': role })).status).to.equal(204);
    expect(await rolesOf(user)).to.deep.equal(['Project Manager']);
    const again = await send('POST', reference, { '@odata.id': role });
    expect(refusal(again)).to.deep.equal([412, '0x80040237', 'Cannot insert duplicate key.']);
    const single = `${user}/${collection}(${idIn(role)})/$ref`;
    expect((await send('DELETE', single)).status).to.equal(204);
    expect(await rolesOf(user)).to.deep.equal([]);
    expect((await send('DELETE', single)).status).to.equal(204);
  });

  it('A5: both sides see it, in expands and in lambdas too', async () => {
    await send('POST', `${role}/${collection}/$ref`, { '@odata.id': user });
    const { json } = await get(
      `systemusers?$select=fullname&$expand=${collection}($select=name)&$filter=fullname eq 'U'`,
    );
    expect(json.value[0][collection]).to.have.length(1);
    const filter = `$filter=${collection}/any(r:r/name eq 'Project Manager')`;
    expect((await get(`systemusers?${filter}`)).json.value).to.have.length(1);
    expect((await get(`${role}/${collection}/$count`)).text).to.equal('1');
    expect((await get(`${role}/${collection}`)).json.value[0].fullname).to.equal('U');
  });

  it('A5: a nested expand goes neither into it nor out of it', async () => {
    const nested = [`${collection}($expand=createdby($select=fullname))`, `createdby($expand=${collection})`];
    for (const expand of nested) {
      expect((await get(`systemusers?$expand=${expand}`)).status, expand).to.equal(400);
    }
  });

  it('A5: the pairs are a table that is only read', async () => {
    const { json } = await get('systemuserrolescollection');
    expect(json.value.map((each: Json) => each.roleid)).to.include(idIn(role));
    const pair = { systemuserid: idIn(user), roleid: idIn(role) };
    const [status, code, message] = refusal(await send('POST', 'systemuserrolescollection', pair));
    expect([status, code]).to.deep.equal([400, '0x80040800']);
    expect(message).to.include("The 'Create' method does not support entities of type 'systemuserroles'.");
  });

  it('A5: a create associates what it names, and creates what it brings along', async () => {
    const bound = { [`${collection}@odata.bind`]: [role] };
    const second = await create('systemusers', { internalemailaddress: 'v@contoso.example', ...bound });
    expect(await rolesOf(second)).to.deep.equal(['Project Manager']);
    const nested = { [collection]: [{ name: 'Own' }] };
    const third = await create('systemusers', { internalemailaddress: 'w@contoso.example', ...nested });
    expect(await rolesOf(third)).to.deep.equal(['Own']);
  });

  it('A5: pairs go with either row', async () => {
    const gone = await create('roles', { name: 'Gone' });
    await send('POST', `${user}/${collection}/$ref`, { '@odata.id': gone });
    await send('DELETE', gone);
    expect(await rolesOf(user)).to.deep.equal(['Project Manager']);
  });

  it('A5: EntityDefinitions tells both sides of it', async () => {
    for (const side of ['systemuser', 'role']) {
      const path = `EntityDefinitions(LogicalName='${side}')/ManyToManyRelationships`;
      const [found] = (await get(`${path}?$select=SchemaName,IntersectEntityName`)).json.value;
      expect(found).to.include({ SchemaName: collection, IntersectEntityName: 'systemuserroles' });
    }
  });

  it('A5: the application has the role of an administrator in every environment', async () => {
    const { UserId } = (await get('WhoAmI')).json;
    expect(await rolesOf(`systemusers(${UserId})`)).to.deep.equal(['System Administrator']);
  });
});

describe('protocols A3: what is left open', () => {
  const { get } = new Environment({ empty: true, dataverse: { quotedGuids: false } });

  it('A3: a guid in quotes may be refused', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    expect((await get(`accounts?$filter=accountid eq ${id}`)).status).to.equal(200);
    expect((await get(`accounts?$filter=accountid eq '${id}'`)).status).to.equal(400);
  });
});
