import { expect } from 'chai';
import { batchBody, operation, type Json } from '../../client.test.support.js';
import { contract, infolog, mustCreate } from '../world.test.support.js';
import { environment } from './environment.test.support.js';

const ENUMS = 'Microsoft.Dynamics.DataEntities';

describe('protocols B3: query options', () => {
  const { get, names, send, root, client: environmentClient } = environment();

  it('B3: $filter, $count, $orderby, $skip, $top, $select and $format=json', async () => {
    expect(await names('$orderby=Name desc&$top=1')).to.deep.equal(['Other']);
    expect(await names('$orderby=Name desc&$skip=1')).to.deep.equal(['Contract']);
    expect((await get('Currencies?$format=json')).status).to.equal(200);
  });

  it('B3: other options are refused', async () => {
    for (const option of ['$search=a', '$apply=aggregate(x)', '$compute=a']) {
      expect((await get(`Currencies?${option}`)).status, option).to.equal(400);
    }
  });

  it('B3: $expand brings the row that a row refers to, and $select chooses its columns', async () => {
    const { json } = await get(
      "ProjCDSProjectContracts?$select=Name&$filter=ProjectContractID eq 'C-1'&$expand=Customer($select=OrganizationName)",
    );
    expect(json['@odata.context']).to.match(/#ProjCDSProjectContracts\(Name,Customer\(OrganizationName\)\)$/);
    const [{ Name, Customer }] = json.value;
    expect(Name).to.equal('Contract');
    expect(Customer)
      .to.have.all.keys('@odata.etag', 'OrganizationName')
      .and.include({ OrganizationName: 'Contoso Retail' });
  });

  it('B3: $expand of a collection brings a list, of nothing null; an unknown name is refused', async () => {
    const { json } = await get(
      "CustomersV3?$expand=ProjectContracts($select=Name)&$filter=CustomerAccount eq 'US-001'",
    );
    expect(json.value[0].ProjectContracts.map(({ Name }: Json) => Name)).to.deep.equal(['Contract', 'Other']);
    await send(
      'POST',
      'ProjCDSProjectContracts',
      contract({ ProjectContractID: 'C-9', PaymentTerms: '', Name: 'Bare' }),
    );
    const bare = await get("ProjCDSProjectContracts?$filter=Name eq 'Bare'&$expand=TermsOfPayment");
    expect(bare.json.value[0]).to.have.property('TermsOfPayment', null);
    await send('DELETE', "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-9')");
    expect((await get('Currencies?$expand=Nothing')).status).to.equal(400);
  });

  it('B3: only the first level of $expand, and nothing but $select inside of it', async () => {
    const deeper = await get('ProjCDSProjectContracts?$expand=Customer($expand=Currency)');
    expect(deeper.status).to.equal(400);
    expect(infolog(deeper)).to.contain('first level');
    for (const option of ['$filter=Name eq 1', '$top=1', '$orderby=Name']) {
      expect((await get(`CustomersV3?$expand=ProjectContracts(${option})`)).status, option).to.equal(400);
    }
  });

  it('B3: a filter reaches the fields of the row itself', async () => {
    const through = await get("ProjCDSProjectContracts?$filter=Customer/OrganizationName eq 'Contoso Retail'");
    expect(through.status).to.equal(400);
    expect((await get('CustomersV3?$filter=ProjectContracts/any()')).status).to.equal(400);
  });

  describe('B3: operators of $filter', () => {
    before(async () => {
      const rated = contract({ ProjectContractID: 'C-3', Name: 'Rate', ExchangeRate: 2.5 });
      await mustCreate(environmentClient(), 'ProjCDSProjectContracts', rated);
    });

    const tests: readonly [operator: string, filter: string][] = [
      ['eq', 'ExchangeRate eq 2.5'],
      ['ne', "Name ne 'Contract' and Name ne 'Other'"],
      ['gt', 'ExchangeRate gt 2'],
      ['ge', 'ExchangeRate ge 2.5'],
      ['lt and not', 'not (ExchangeRate lt 2.5)'],
      ['le', '(ExchangeRate le 2.5) and ExchangeRate ne 0'],
      ['or, and grouping', "(Name eq 'Rate' or Name eq 'None') and ExchangeRate gt 0"],
      ['add', 'ExchangeRate add 1 eq 3.5'],
      ['sub', 'ExchangeRate sub 1 eq 1.5'],
      ['mul', 'ExchangeRate mul 2 eq 5'],
      ['div', 'ExchangeRate div 2 eq 1.25'],
      ['divby', 'ExchangeRate divby 2 eq 1.25'],
      ['mod', 'ExchangeRate mod 2 eq 0.5'],
    ];
    for (const [operator, filter] of tests) {
      it(`B3: ${operator}`, async () => expect(await names(`$filter=${filter}`)).to.deep.equal(['Rate']));
    }
  });

  it('B3: has and in are not supported', async () => {
    expect((await get("Currencies?$filter=CurrencyCode in ('USD')")).status).to.equal(400);
    const has = await get(`ProjCDSParameters?$filter=IntegrationEnabled has ${ENUMS}.NoYes'Yes'`);
    expect([has.status, infolog(has)]).to.deep.equal([400, "The operator 'has' is not supported."]);
  });

  it('B3: there is no change tracking: a wish for it is not granted', async () => {
    const { headers, json } = await get('Currencies', { prefer: 'odata.track-changes' });
    expect(headers.get('preference-applied')).to.equal(null);
    expect(json).not.to.have.property('@odata.deltaLink');
  });

  it('B3: "contains" is a wildcard, and functions are not known', async () => {
    expect(await names("$filter=Name eq '*the*'")).to.deep.equal(['Other']);
    for (const name of ['contains', 'startswith', 'endswith']) {
      expect((await get(`Currencies?$filter=${name}(CurrencyCode,'U')`)).status, name).to.equal(400);
    }
  });

  it('B3: an enumeration compares with its typed literal, by eq and ne only', async () => {
    const enabled = (test: string) => get(`ProjCDSParameters?cross-company=true&$filter=IntegrationEnabled ${test}`);
    expect((await enabled(`eq ${ENUMS}.NoYes'Yes'`)).json.value).to.have.length(1);
    expect((await enabled(`ne ${ENUMS}.NoYes'Yes'`)).json.value).to.have.length(1);
    expect((await enabled(`gt ${ENUMS}.NoYes'No'`)).status).to.equal(400);
    expect(infolog(await enabled("eq 'Yes'"))).to.equal(
      'A binary operator with incompatible types was detected. Found operand types ' +
        `'${ENUMS}.NoYes' and 'Edm.String' for operator kind 'Equal'.`,
    );
  });

  it('B3: $count=true counts all rows whatever $top says; /$count is a text', async () => {
    const { json } = await get('Currencies?$count=true&$top=1');
    expect([json['@odata.count'], json.value.length]).to.deep.equal([2, 1]);
    const { text, headers } = await get('Currencies/$count');
    expect([text, headers.get('content-type')]).to.deep.equal(['2', 'text/plain']);
  });

  it('B3: pages end in a link that counts on with $skip', async () => {
    const { json } = await get('Currencies?$select=CurrencyCode', { prefer: 'odata.maxpagesize=1' });
    expect(json['@odata.nextLink']).to.equal(`${root()}/data/Currencies?$select=CurrencyCode&$skip=1`);
  });

  it('B3: in it $top counts down, until nothing is left', async () => {
    const page = async (path: string) => (await get(path, { prefer: 'odata.maxpagesize=1' })).json;
    let json = await page('CustomersV3?$top=3&cross-company=true');
    const [links, accounts]: [string[], string[]] = [[], []];
    for (;;) {
      accounts.push(...json.value.map(({ CustomerAccount }: Json) => CustomerAccount));
      if (!json['@odata.nextLink']) break;
      links.push(json['@odata.nextLink']);
      json = await page(json['@odata.nextLink']);
    }
    const link = `${root()}/data/CustomersV3?cross-company=true`;
    expect(links).to.deep.equal([`${link}&$skip=1&$top=2`, `${link}&$skip=2&$top=1`]);
    expect(accounts).to.deep.equal(['US-001', 'US-001', 'US-002']);
  });

  it('B3: array fields are not exposed: no property of $metadata is a list of values', async () => {
    const { text } = await get('$metadata');
    expect(text).to.match(/<NavigationProperty [^>]*Type="Collection\(/);
    expect(text).not.to.match(/<Property [^>]*Type="Collection\(/);
  });

  it('B3: the first call after a restart of the AOS is slow, the next are not', async () => {
    await environmentClient().control('POST', 'faults', [{ system: 'finops', kind: 'latency', delay: 300, times: 1 }]);
    const timed = async (): Promise<number> => {
      const started = performance.now();
      expect((await get('Currencies?$top=1')).status).to.equal(200);
      return performance.now() - started;
    };
    const [first, next] = [await timed(), await timed()];
    expect(first).to.be.at.least(295);
    expect(next).to.be.below(first);
  });
});

describe('protocols B3: large answers', () => {
  const { get, send } = environment();

  it('B3: a page has 10,000 rows at most, and $count counts them all', async () => {
    const rows = Array.from({ length: 9_999 }, (_, number) => ({ CurrencyCode: number.toString(36) }));
    for (let from = 0; from < rows.length; from += 5_000) {
      const parts = rows.slice(from, from + 5_000).map((row) => operation('POST', 'Currencies', row));
      const { body, headers } = batchBody(parts);
      expect((await send('POST', '$batch', body, headers)).status).to.equal(200);
    }
    for (const prefer of ['odata.maxpagesize=20000', '']) {
      const { json } = await get('Currencies?$select=CurrencyCode&$count=true', { prefer });
      expect([json['@odata.count'], json.value.length]).to.deep.equal([10_001, 10_000]);
      const rest = (await get(json['@odata.nextLink'], { prefer })).json;
      expect([rest.value.length, rest['@odata.nextLink']]).to.deep.equal([1, undefined]);
    }
    expect((await get('Currencies/$count')).text).to.equal('10001');
  });
});

describe('protocols B3: the switches for queries', () => {
  const { get, names } = environment({
    finops: {
      maxPageSizePreference: 'ignored',
      textFunctions: 'supported',
      linkOrigin: 'https://proxy.example',
    },
    maxPageSize: 2,
  });

  it('B3: a wish for smaller pages may be ignored', async () => {
    const { json, headers } = await get('CustomersV3?cross-company=true', { prefer: 'odata.maxpagesize=1' });
    expect(json.value).to.have.length(2);
    expect(headers.get('preference-applied')).to.equal(null);
  });

  it('links may name another host', async () => {
    const { json } = await get('CustomersV3?cross-company=true');
    expect(json['@odata.nextLink']).to.equal('https://proxy.example/data/CustomersV3?cross-company=true&$skip=2');
  });

  it('functions may be known', async () => {
    for (const test of ["contains(Name,'the')", "startswith(Name,'Oth')", "endswith(Name,'her')"]) {
      expect(await names(`$filter=${test}`), test).to.deep.equal(['Other']);
    }
  });
});

describe('protocols B3: the switch for the form of links', () => {
  const { get } = environment({ finops: { pageLinks: 'token' }, maxPageSize: 1 });

  it('they may hold a token instead of counts', async () => {
    const first = await get('Currencies?$select=CurrencyCode&$top=2');
    const link = first.json['@odata.nextLink'];
    expect(link).to.match(/\/data\/Currencies\?\$select=CurrencyCode&\$skiptoken=[\w-]+$/);
    const second = await get(link);
    expect(second.json.value).to.have.length(1);
    expect(second.json.value[0].CurrencyCode).not.to.equal(first.json.value[0].CurrencyCode);
    expect(second.json).not.to.have.property('@odata.nextLink');
    expect((await get('Currencies?$skiptoken=x')).status).to.equal(400);
  });
});
