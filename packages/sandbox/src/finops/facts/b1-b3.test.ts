import { expect } from 'chai';
import {
  batchBody,
  operation,
  tokenFor,
  type Answer,
  type Json,
  type SandboxClient,
} from '../../client.test.support.js';
import { startSandbox, type SandboxOptions } from '../../index.js';
import { contract, infolog, mustCreate, startWithCompanies } from '../world.test.support.js';

const OUTSIDER = { clientId: '4f0a1d52-6be7-4c3e-9a3d-0b8c55d1e7aa', clientSecret: 'outsider-secret' };
const ENUMS = 'Microsoft.Dynamics.DataEntities';

/** An environment with two companies for one chapter of facts. */
function environment(options: Partial<SandboxOptions> = {}) {
  let client: SandboxClient;
  before(async () => {
    client = await startWithCompanies(options);
    await mustCreate(client, 'ProjCDSProjectContracts', contract());
    await mustCreate(client, 'ProjCDSProjectContracts', contract({ ProjectContractID: 'C-2', Name: 'Other' }));
  });
  after(() => client.sandbox.stop());
  const send = (method: string, path: string, body?: Json, headers?: Record<string, string>): Promise<Answer> =>
    client.finops(method, path, { ...(body === undefined ? {} : { body }), ...(headers && { headers }) });
  return {
    send,
    get: (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers),
    names: async (query: string): Promise<string[]> =>
      (await send('GET', `ProjCDSProjectContracts?$select=Name&${query}`)).json.value.map((row: Json) => row.Name),
    root: () => client.sandbox.finops.url,
    client: () => client,
    asOutsider: async () => {
      const { sandbox } = client;
      const token = await tokenFor({ ...sandbox, ...OUTSIDER }, sandbox.finops.url);
      return fetch(`${sandbox.finops.url}/data/Currencies`, { headers: { authorization: `Bearer ${token}` } });
    },
  };
}

describe('protocols B1: addressing and access', () => {
  const { get, send, root, client, asOutsider } = environment();

  it('B1: the root lists the public collections', async () => {
    const { json } = await get('');
    expect(json['@odata.context']).to.equal(`${root()}/data/$metadata`);
    expect(json.value).to.deep.include({ name: 'CustomersV3', kind: 'EntitySet', url: 'CustomersV3' });
  });

  it('B1: collections are named as they are public, in their exact case; the type is the singular', async () => {
    expect((await get('customersv3')).status).to.equal(404);
    expect((await get('CustCustomerV3Entity')).status).to.equal(404);
    expect((await get('$metadata')).text).to.match(/<EntitySet Name="CustomersV3" EntityType="[\w.]+\.CustomerV3"/);
  });

  it('B1: three names of one entity; the metadata endpoint knows them all', async () => {
    const { json } = await get(`${root()}/Metadata/DataEntities`);
    const entity = json.value.find(({ Name }: Json) => Name === 'ProjCDSProjectContractEntity');
    expect(entity).to.include({
      PublicEntityName: 'ProjCDSProjectContract',
      PublicCollectionName: 'ProjCDSProjectContracts',
    });
    const label = await get(`${root()}/metadata/Labels(Id='${entity.LabelId}',Language='en-us')`);
    expect(label.json).to.include({ Language: 'en-us', Value: 'Integration entity for project contract' });
  });

  it('B1: the metadata endpoint is only to be read', async () => {
    expect((await send('POST', `${root()}/Metadata/DataEntities`, {})).status).to.equal(405);
  });

  it('B1: a key takes all of its fields, in any order, texts in quotes', async () => {
    expect((await get("CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')")).status).to.equal(200);
    expect((await get("CustomersV3(CustomerAccount='US-001',dataAreaId='usmf')")).status).to.equal(200);
    expect((await get("CustomersV3(CustomerAccount='US-001')")).status).to.equal(400);
    expect((await get("CustomersV3('US-001')")).status).to.equal(400);
  });

  it('B1: a literal of another form than that of its field is refused', async () => {
    const line = (values: string) => `ProjAdvancedJournalLines(${values})`;
    for (const path of [
      'Currencies(USD)',
      'Currencies(1)',
      "Currencies('USD'x)",
      "Currencies(Name='USD')",
      "CustomersV3(dataAreaId=usmf,CustomerAccount='US-001')",
      "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001',OrganizationName='Contoso Retail')",
      line("dataAreaId='usmf',JournalId='J',LineNumber='20'"),
      line("dataAreaId='usmf',JournalId='J',LineNumber=20.5"),
      line("dataAreaId='usmf',JournalId=J,LineNumber=20"),
      "LedgerPeriods(dataAreaId='usmf',StartDate='2026-01-01T12:00:00Z')",
      "ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType='FixedPrice')",
      "ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType=FixedPrice)",
      `ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType=${ENUMS}.NoYes'Yes')`,
      `ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType=${ENUMS}.ProjType'Nothing')`,
    ]) {
      expect((await get(path)).status, path).to.equal(400);
    }
  });

  it('B1: numbers, days and enumerations stand in a key without quotes', async () => {
    expect(
      (await get(`ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType=${ENUMS}.ProjType'FixedPrice')`)).json,
    ).to.include({
      ProjectGroup: 'FP',
    });
    await mustCreate(client(), 'LedgerPeriods', { StartDate: '2026-01-01', EndDate: '2026-01-31', Status: 'Open' });
    const period = "LedgerPeriods(dataAreaId='usmf',StartDate=2026-01-01T12:00:00Z)";
    expect((await get(period)).json).to.include({ EndDate: '2026-01-31T12:00:00Z' });
    const line = (number: string) => `ProjAdvancedJournalLines(dataAreaId='usmf',JournalId='J',LineNumber=${number})`;
    expect([(await get(line('20'))).status, (await get(line('twenty'))).status]).to.deep.equal([404, 400]);
  });

  it('B1: the name of the entity in the application shows in its error texts only', async () => {
    const refused = await send('POST', 'CustomersV3', {
      CustomerAccount: 'US-001',
      CustomerGroupId: '10',
      SalesCurrencyCode: 'USD',
    });
    expect(infolog(refused)).to.contain("table row of type 'CustCustomerV3Entity'");
    expect((await get('$metadata')).text).not.to.contain('CustCustomerV3Entity');
  });

  it('B1: a client id that is mapped to no user gets 401', async () => {
    expect((await asOutsider()).status).to.equal(401);
  });
});

describe('protocols B1: the switch for clients that nobody has mapped', () => {
  const { asOutsider } = environment({ finops: { unmappedClientStatus: 403 } });

  it('may answer them with 403', async () => {
    expect((await asOutsider()).status).to.equal(403);
  });
});

describe('protocols B6: the switch for the body of a refused sign-in', () => {
  const { get, asOutsider, root } = environment({ finops: { authFailureBody: 'message' } });

  it('B6: it may be a message alone, whatever is wrong with the token', async () => {
    const answers = [await asOutsider(), await fetch(`${root()}/data/Currencies`)];
    for (const answer of answers) {
      expect(answer.status).to.equal(401);
      expect(Object.keys((await answer.json()) as object)).to.deep.equal(['Message']);
    }
    expect((await get('Currencies?$top=x')).json).to.have.property('error');
  });
});

describe('protocols B2: companies', () => {
  const { get, send } = environment();
  const companies = async (query: string): Promise<string[]> =>
    (await get(`CustomersV3?$select=dataAreaId${query}`)).json.value.map((row: Json) => row.dataAreaId);

  it("B2: reads see the user's company; cross-company=true widens them, a filter narrows them again", async () => {
    expect(new Set(await companies(''))).to.deep.equal(new Set(['usmf']));
    expect(new Set(await companies('&cross-company=true'))).to.deep.equal(new Set(['usmf', 'ussi']));
    expect(await companies("&cross-company=true&$filter=dataAreaId eq 'ussi'")).to.deep.equal(['ussi']);
  });

  it("B2: the body's dataAreaId says where a new row goes; without it, to the current company", async () => {
    const term = { Name: 'Net90' };
    expect((await send('POST', 'PaymentTerms', term)).json.dataAreaId).to.equal('usmf');
    expect((await send('POST', 'PaymentTerms', { ...term, dataAreaId: 'ussi' })).json.dataAreaId).to.equal('ussi');
  });

  it('B2: a row of another company is changed and deleted across companies only', async () => {
    const path = "PaymentTerms(dataAreaId='ussi',Name='Net90')";
    for (const method of ['PATCH', 'PUT', 'DELETE']) {
      const body = method === 'DELETE' ? undefined : { NumberOfDays: 90 };
      expect((await send(method, path, body)).status, method).to.equal(400);
      expect((await send(method, `${path}?cross-company=true`, body)).status, method).to.equal(204);
    }
  });

  it('B2: company ids come back in lower case', async () => {
    const { json } = await send('POST', 'PaymentTerms', { Name: 'Net91', dataAreaId: 'USSI' });
    expect(json.dataAreaId).to.equal('ussi');
  });
});

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

describe('protocols B1: names of collections that are not documented', () => {
  const collections = { ProjCDSProjectContractEntity: 'ProjectContractsV2' };
  let client: SandboxClient;
  before(async () => {
    client = await startWithCompanies({ finops: { collections } });
  });
  after(() => client.sandbox.stop());

  it('B1: an environment may have published an entity under another name', async () => {
    const created = await client.finops('POST', 'ProjectContractsV2', { body: contract() });
    expect(created.status).to.equal(201);
    expect(created.json['@odata.context']).to.match(/#ProjectContractsV2\/\$entity$/);
    expect((await client.finops('GET', 'ProjCDSProjectContracts')).status).to.equal(404);
    const { text } = await client.finops('GET', '$metadata');
    expect(text).to.contain('<EntitySet Name="ProjectContractsV2"').and.not.to.contain('"ProjCDSProjectContracts"');
    const root = await client.finops('GET', '');
    expect(root.json.value.map(({ name }: Json) => name)).to.include('ProjectContractsV2');
    const entities = await client.finops('GET', `${client.sandbox.finops.url}/Metadata/DataEntities`);
    const own = entities.json.value.find(({ Name }: Json) => Name === 'ProjCDSProjectContractEntity');
    expect(own.PublicCollectionName).to.equal('ProjectContractsV2');
  });

  for (const [what, wrong] of [
    ['an entity that is not there', { NoSuchEntity: 'Rows' }],
    ['a name that is taken', { ProjCDSProjectContractEntity: 'CustomersV3' }],
  ] as const) {
    it(`B1: ${what} is refused before anything starts`, async () => {
      const failure = await startSandbox({ finops: { collections: wrong } }).catch((thrown: unknown) => thrown);
      expect(failure).to.include({ code: 'SANDBOX_OPTION_INVALID' });
    });
  }
});
