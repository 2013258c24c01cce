import { expect } from 'chai';
import type { Answer, Json, SandboxClient } from '../client.test.support.js';
import { startWithClient } from '../client.test.support.js';

const USD = '11111111-1111-4111-8111-111111111111';
const ACCOUNT = '22222222-2222-4222-8222-222222222222';
const ORDER = '33333333-3333-4333-8333-333333333333';

describe('Dataverse reads', () => {
  let client: SandboxClient;
  const get = (path: string, prefer?: string, headers: Record<string, string> = {}): Promise<Answer> =>
    client.psa('GET', path, { headers: { ...headers, ...(prefer === undefined ? {} : { prefer }) } });

  before(async () => {
    client = await startWithClient();
    const create = (set: string, body: Json) => client.psa('POST', set, { body });
    await create('transactioncurrencies', {
      transactioncurrencyid: USD,
      isocurrencycode: 'USD',
      currencyname: 'US Dollar',
      currencysymbol: '$',
      currencyprecision: 2,
      exchangerate: 1,
    });
    await create('accounts', { accountid: ACCOUNT, name: 'Contoso', accountnumber: 'A-1' });
    await create('salesorders', {
      salesorderid: ORDER,
      name: 'Robots',
      ordernumber: 'ORD-1',
      msdyn_ordertype: 192350001,
      totalamount: 20000,
      datefulfilled: '2026-03-01',
      'customerid_account@odata.bind': `/accounts(${ACCOUNT})`,
      'transactioncurrencyid@odata.bind': `/transactioncurrencies(isocurrencycode='USD')`,
    });
    await create('salesorders', { name: 'Belts', ordernumber: 'ORD-2' });
  });

  after(() => client.sandbox.stop());

  it('list the entity sets in the service document', async () => {
    const { json } = await get('');
    expect(json.value).to.deep.include({ name: 'salesorders', kind: 'EntitySet', url: 'salesorders' });
    expect(json['@odata.context']).to.match(/\/api\/data\/v9\.2\/\$metadata$/);
  });

  it('describe themselves in $metadata: keys, lengths, navigation and what constrains it', async () => {
    const { text, headers } = await get('$metadata');
    expect(headers.get('content-type')).to.equal('application/xml');
    expect(text).to.contain('<Property Name="accountnumber" Type="Edm.String" MaxLength="20" />');
    expect(text).to.contain(
      '<ReferentialConstraint Property="_msdyn_project_value" ReferencedProperty="msdyn_projectid" />',
    );
    expect(text).to.contain('PropertyPath="ordernumber"');
    expect(text).not.to.contain('ChangeTracking');
    const annotated = await get('$metadata?annotations=true');
    expect(annotated.text).to.contain('Org.OData.Capabilities.V1.ChangeTracking');
  });

  it('return the selected columns and always the key', async () => {
    const { status, headers, json } = await get("salesorders?$select=name&$filter=ordernumber eq 'ORD-1'");
    expect(status).to.equal(200);
    expect(headers.get('odata-version')).to.equal('4.0');
    expect(headers.get('content-type')).to.equal('application/json; odata.metadata=minimal');
    expect(json['@odata.context']).to.match(/\$metadata#salesorders\(name\)$/);
    const [row] = json.value;
    expect(Object.keys(row)).to.deep.equal(['@odata.etag', 'name', 'salesorderid']);
    expect(row['@odata.etag']).to.match(/^W\/"\d+"$/);
  });

  it('bring the currency along with an amount', async () => {
    const { json } = await get(`salesorders(${ORDER})?$select=totalamount`);
    expect(json).to.include({ totalamount: 20000, _transactioncurrencyid_value: USD });
  });

  it('write an amount with four digits after the point, and as text where exact numbers are asked for', async () => {
    expect((await get(`salesorders(${ORDER})?$select=totalamount`)).text).to.contain('"totalamount":20000.0000,');
    const exact = await get(`salesorders(${ORDER})?$select=totalamount,versionnumber`, undefined, {
      accept: 'application/json;IEEE754Compatible=true',
    });
    expect(exact.json.totalamount).to.equal('20000.0000');
    expect(exact.json.versionnumber).to.match(/^\d+$/);
    expect(exact.headers.get('content-type')).to.contain('IEEE754Compatible=true');
  });

  it('follow lookups: in $filter, in $expand, and nested', async () => {
    const filter = "customerid_account/accountnumber eq 'A-1'";
    const expand = 'customerid_account($select=name),transactioncurrencyid($select=isocurrencycode)';
    const { json } = await get(`salesorders?$select=ordernumber&$filter=${filter}&$expand=${expand}`);
    expect(json.value).to.have.length(1);
    expect(json.value[0].customerid_account).to.deep.equal({ name: 'Contoso', accountid: ACCOUNT });
    expect(json.value[0].transactioncurrencyid.isocurrencycode).to.equal('USD');
    const lonely = await get(
      "salesorders?$select=name&$expand=customerid_account($select=name)&$filter=ordernumber eq 'ORD-2'",
    );
    expect(lonely.json.value[0].customerid_account).to.equal(null);
  });

  it('expand collections with a link to the rest', async () => {
    const { json } = await get(
      `accounts(${ACCOUNT})?$select=name&$expand=account_salesorder_customerid_account($select=name)`,
    );
    expect(json.account_salesorder_customerid_account).to.have.length(1);
    const rest = await get(json['account_salesorder_customerid_account@odata.nextLink']);
    expect(rest.json.value).to.deep.equal([]);
  });

  it('go on to a single property, its raw value, and a related row', async () => {
    expect((await get(`salesorders(${ORDER})/name`)).json.value).to.equal('Robots');
    expect((await get(`salesorders(${ORDER})/name/$value`)).text).to.equal('Robots');
    expect((await get(`salesorders(${ORDER})/customerid_account?$select=name`)).json.name).to.equal('Contoso');
    expect((await get(`salesorders(${ORDER})/description`)).status).to.equal(204);
  });

  it('find a row by its alternate key', async () => {
    const { status, json } = await get("salesorders(ordernumber='ORD-1')?$select=name");
    expect(status).to.equal(200);
    expect(json.salesorderid).to.equal(ORDER);
  });

  it('explain values by annotations, where these are asked for', async () => {
    const path = `salesorders(${ORDER})?$select=msdyn_ordertype,totalamount,_customerid_value,datefulfilled`;
    const { json, headers } = await get(path, 'odata.include-annotations="*"');
    expect(headers.get('preference-applied')).to.equal('odata.include-annotations="*"');
    const formatted = (name: string) => json[`${name}@OData.Community.Display.V1.FormattedValue`];
    expect(formatted('msdyn_ordertype')).to.equal('Work based');
    expect(formatted('totalamount')).to.equal('$20,000.00');
    expect(formatted('_customerid_value')).to.equal('Contoso');
    expect(formatted('datefulfilled')).to.equal('3/1/2026');
    expect(json['_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname']).to.equal('account');
    expect(json['_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty']).to.equal(
      'customerid_account',
    );
    expect((await get(path)).text).not.to.contain('FormattedValue');
  });

  it('say that a row has not changed', async () => {
    const etag = (await get(`salesorders(${ORDER})`)).headers.get('etag') ?? '';
    expect((await get(`salesorders(${ORDER})`, undefined, { 'if-none-match': etag })).status).to.equal(304);
    expect((await get(`salesorders(${ORDER})`, undefined, { 'if-none-match': 'null' })).status).to.equal(200);
  });

  it('know who asks', async () => {
    expect((await get('WhoAmI')).json).to.have.property('UserId');
  });

  const refusals: readonly [string, number, string, string][] = [
    ['orders', 404, '0x8006088a', "Resource not found for the segment 'orders'."],
    [
      'salesorders?$select=Name',
      400,
      '0x80060888',
      "Could not find a property named 'Name' on type 'Microsoft.Dynamics.CRM.salesorder'.",
    ],
    ['salesorders?$skip=5', 400, '0x80060888', 'Skip Clause is not supported in CRM'],
    ['salesorders?$search=x', 400, '0x80060888', 'The query parameter $search is not supported.'],
    [`salesorders(${USD})`, 404, '0x80040217', `salesorder With Id = ${USD} Does Not Exist`],
    [
      "salesorders(ordernumber='none')",
      404,
      '0x80060891',
      'A record with the specified key values does not exist in salesorder entity',
    ],
    [
      "salesorders(name='Robots')",
      400,
      '0x80060888',
      "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.salesorder'.",
    ],
    ['salesorders?$expand=msdyn_project', 400, '0x80060888', "Could not find a property named 'msdyn_project'"],
  ];
  for (const [path, status, code, message] of refusals) {
    it(`refuse ${path}`, async () => {
      const answer = await get(path);
      expect(answer.status).to.equal(status);
      expect(answer.json.error.code).to.equal(code);
      expect(answer.json.error.message).to.contain(message);
    });
  }
});
