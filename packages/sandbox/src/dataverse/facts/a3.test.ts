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
  });

  for (const option of ['$skip=1', '$search=a', '$format=json', '$compute=a', '$Select=name']) {
    it(`A3: ${option.split('=')[0]} is not supported`, async () => {
      expect(refusal(await get(`accounts?${option}`)).slice(0, 2)).to.deep.equal([400, '0x80060888']);
    });
  }

  it('A3: a URL may have 32,768 characters, and 65,536 inside of a batch', async () => {
    const path = '/api/data/v9.2/accounts?tag=';
    const url = (length: number) => path + 'x'.repeat(length - path.length);
    const host = environment.open.sandbox.psa.url;
    expect((await get(host + url(32_768))).status).to.equal(200);
    expect((await get(host + url(32_769))).status).to.equal(414);
    const inside = async (length: number) =>
      (await environment.batch([`GET ${url(length)} HTTP/1.1\r\n\r\n`])).text.match(/HTTP\/1\.1 (\d+)/)?.[1];
    expect([await inside(65_536), await inside(65_537)]).to.deep.equal(['200', '414']);
    const post = await environment.send('POST', host + url(33_000), { nonsense: true });
    expect(post.status, 'the first limit is one of GET').to.equal(400);
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

  it('A3: columns of a row compare with each other, where they are of one type', async () => {
    expect(await names('$filter=name ne telephone1 and telephone1 ne null')).to.deep.equal(["O'Bryan"]);
    for (const other of ['numberofemployees', 'parentaccountid/name'])
      expect((await get(`accounts?$filter=name eq ${other}`)).status).to.equal(400);
    expect((await get('accounts?$filter=numberofemployees eq creditlimit')).status).to.equal(400);
  });

  it('A3: query functions are called by their full name', async () => {
    const call = `${CRM}.In(PropertyName='name',PropertyValues=["Head","Leaf"])`;
    expect(await names(`$filter=${call}`)).to.deep.equal(['Head', 'Leaf']);
    expect((await get(`accounts?$filter=${call.replace(CRM, 'mscrm')}`)).status).to.equal(400);
  });

  it('A3: parameter aliases work in $filter and $orderby, not in $expand', async () => {
    expect(await names("$filter=name eq @p1&@p1='Leaf'")).to.deep.equal(['Leaf']);
    const ordered = await get('accounts?$select=name&$orderby=@o desc&@o=name');
    expect(ordered.json.value.map((row: Json) => row.name)[0]).to.equal("O'Bryan");
    const inside = "$expand=account_account_parentaccountid($filter=name eq @p1)&@p1='Leaf'";
    expect((await get(`accounts?${inside}`)).status).to.equal(400);
  });

  it('A3: an ordered query with other aliases is another query', async () => {
    const ordered = async (name: string): Promise<string[]> =>
      (await get(`accounts?$select=name&$filter=name eq @p1&$orderby=name&@p1='${name}'`)).json.value.map(
        (row: Json) => row.name,
      );
    expect([await ordered('Head'), await ordered('Leaf')]).to.deep.equal([['Head'], ['Leaf']]);
    const first = async (column: string): Promise<string> =>
      (await get(`accounts?$select=name&$filter=numberofemployees gt 1&$orderby=@o&@o=${column}`)).json.value[0].name;
    expect([await first('name'), await first('numberofemployees')]).to.deep.equal(['Head', 'Leaf']);
  });

  it('A3: nothing of OData 4.01 is supported, such as the operator in', async () => {
    expect(refusal(await get("accounts?$filter=name in ('Head')")).slice(0, 2)).to.deep.equal([400, '0x80060888']);
  });

  for (const set of ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__']) {
    it(`A3: ${set} is no entity set`, async () => {
      expect(refusal(await get(set)).slice(0, 2)).to.deep.equal([404, '0x8006088a']);
    });
  }

  it('A3: a path that leads nowhere is 400 0x80060888', async () => {
    const head = ids.get('Head') ?? '';
    expect(refusal(await get(`${head}/nonsense`)).slice(0, 2)).to.deep.equal([400, '0x80060888']);
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
    const [based] = (await get('accounts?$select=creditlimit_base&$top=1')).json.value;
    expect(based).to.have.property('_transactioncurrencyid_value');
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

  it('A3: each of the two comes by its name, and not by another pattern', async () => {
    const [total, exceeded] = [`${CRM}.totalrecordcount`, `${CRM}.totalrecordcountlimitexceeded`];
    const about = async (annotations: string) => {
      const { json } = await get('accounts', { prefer: `odata.include-annotations="${annotations}"` });
      return Object.keys(json).filter((name) => name.includes('totalrecordcount'));
    };
    expect(await about(`${total},${exceeded}`)).to.deep.equal([`@${total}`, `@${exceeded}`]);
    expect(await about(exceeded)).to.deep.equal([`@${exceeded}`]);
    expect(await about('OData.Community.*')).to.deep.equal([]);
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

    for (const option of ['$skip=1', '$search=a', '$format=json', '$compute=a', '$top=1', '$count=true']) {
      it(`A3: ${option.split('=')[0]} is refused beside $apply`, async () => {
        expect((await get(`accounts?$apply=groupby((name))&${option}`)).status).to.equal(400);
      });
    }

    it('A3: does not order by what was aggregated', async () => {
      const answer = await get('accounts?$apply=groupby((name))&$orderby=name');
      expect(answer.json.error.message).to.equal('The query node SingleValueOpenPropertyAccess is not supported.');
    });
  });
});

describe('protocols A3: what is left open', () => {
  const { get, create } = new Environment({ empty: true, dataverse: { quotedGuids: false, badPathStatus: 404 } });

  it('A3: a path that leads nowhere may be 404 0x80060888', async () => {
    const account = await create('accounts', { name: 'n' });
    expect(refusal(await get(`${account}/nonsense`)).slice(0, 2)).to.deep.equal([404, '0x80060888']);
  });

  it('A3: a guid in quotes may be refused', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    expect((await get(`accounts?$filter=accountid eq ${id}`)).status).to.equal(200);
    expect((await get(`accounts?$filter=accountid eq '${id}'`)).status).to.equal(400);
  });
});
