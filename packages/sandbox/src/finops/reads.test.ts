import { expect } from 'chai';
import type { Answer, SandboxClient } from '../client.test.support.js';
import { infolog, mustCreate, startWithCompanies, contract } from './world.test.support.js';

describe('F&O reads', () => {
  let client: SandboxClient;
  const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    client.finops('GET', path, { headers });
  const column = async (path: string, name: string): Promise<string[]> =>
    (await get(path)).json.value.map((row: Record<string, string>) => row[name]);

  before(async () => {
    client = await startWithCompanies();
    await mustCreate(client, 'ProjCDSProjectContracts', contract());
  });

  after(() => client.sandbox.stop());

  it('list the collections, and describe them with their enumerations and composite keys', async () => {
    expect((await get('')).json.value).to.deep.include({ name: 'CustomersV3', kind: 'EntitySet', url: 'CustomersV3' });
    const { text } = await get('$metadata');
    expect(text).to.contain('<Key><PropertyRef Name="dataAreaId" /><PropertyRef Name="ProjectContractID" /></Key>');
    expect(text).to.contain(
      '<EnumType Name="NoYes"><Member Name="No" Value="0" /><Member Name="Yes" Value="1" /></EnumType>',
    );
    expect(text).to.contain('Type="Microsoft.Dynamics.DataEntities.ProjType"');
  });

  it("see the user's own company only, unless they cross companies", async () => {
    expect(await column('CustomersV3', 'dataAreaId')).to.deep.equal(['usmf', 'usmf']);
    expect(await column('CustomersV3?cross-company=true', 'dataAreaId')).to.deep.equal(['usmf', 'ussi', 'usmf']);
    expect(await column("CustomersV3?cross-company=true&$filter=dataAreaId eq 'ussi'", 'dataAreaId')).to.deep.equal([
      'ussi',
    ]);
    expect(await column("CustomersV3?$filter=dataAreaId eq 'ussi'", 'dataAreaId')).to.deep.equal([]);
    expect(await column('Currencies', 'CurrencyCode')).to.deep.equal(['USD', 'EUR']);
  });

  it('find a row by all of its key, in any order', async () => {
    const { status, json, headers } = await get(
      "CustomersV3(CustomerAccount='US-001',dataAreaId='usmf')?$select=OrganizationName",
    );
    expect(status).to.equal(200);
    expect(json.OrganizationName).to.equal('Contoso Retail');
    expect(json['@odata.etag']).to.equal(headers.get('etag'));
    expect(Buffer.from(/"(.*)"/.exec(json['@odata.etag'])?.[1] ?? '', 'base64').toString()).to.match(
      /^'1,(\d+);1,\1;0,0'$/,
    );
    expect(
      (
        await get(
          "ProjCDSProjectGroupDefaults(dataAreaId='usmf',ProjectType=Microsoft.Dynamics.DataEntities.ProjType'FixedPrice')",
        )
      ).json.ProjectGroup,
    ).to.equal('FP');
    expect((await get("CustomersV3(CustomerAccount='US-001')")).status).to.equal(400);
    expect((await get("CustomersV3(dataAreaId='usmf',CustomerAccount='none')")).status).to.equal(404);
    expect((await get("CustomersV3(dataAreaId='ussi',CustomerAccount='US-001')")).status).to.equal(404);
    expect((await get("CustomersV3(dataAreaId='ussi',CustomerAccount='US-001')?cross-company=true")).status).to.equal(
      200,
    );
  });

  it('know no null: empty is an empty text, 1900, zero', async () => {
    const { json } = await get("ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-1')");
    expect(json).to.include({ CustomerReference: '', ExchangeRate: 0, AddressValidFrom: '1900-01-01T00:00:00Z' });
  });

  it('filter by wildcard and by typed enumeration literal', async () => {
    expect(await column("CustomersV3?$filter=OrganizationName eq '*retail*'", 'CustomerAccount')).to.deep.equal([
      'US-001',
    ]);
    const typed = "ProjCDSParameters?$filter=IntegrationEnabled eq Microsoft.Dynamics.DataEntities.NoYes'Yes'";
    expect(await column(typed, 'IntegrationEnabled')).to.deep.equal(['Yes']);
    const bare = await get("ProjCDSParameters?$filter=IntegrationEnabled eq 'Yes'");
    expect(bare.status).to.equal(400);
    expect(infolog(bare)).to.contain(
      "'Microsoft.Dynamics.DataEntities.NoYes' and 'Edm.String' for operator kind 'Equal'",
    );
  });

  it('order, skip, take and count', async () => {
    const path = 'CustomersV3?$orderby=CustomerAccount desc';
    expect(await column(path, 'CustomerAccount')).to.deep.equal(['US-002', 'US-001']);
    expect(await column(`${path}&$skip=1`, 'CustomerAccount')).to.deep.equal(['US-001']);
    const { json } = await get('CustomersV3?$count=true&$top=1');
    expect([json['@odata.count'], json.value.length]).to.deep.equal([2, 1]);
    expect((await get('CustomersV3/$count?cross-company=true')).text).to.equal('3');
  });

  it('come in pages whose link counts on with $skip', async () => {
    const pages: string[][] = [];
    for (let next: string | undefined = 'CustomersV3?cross-company=true&$select=dataAreaId'; next;) {
      const { json }: Answer = await get(next, { prefer: 'odata.maxpagesize=2' });
      pages.push(json.value.map((row: { dataAreaId: string }) => row.dataAreaId));
      next = json['@odata.nextLink'];
      if (next) expect(next).to.match(/CustomersV3\?cross-company=true&\$select=dataAreaId&\$skip=2$/);
    }
    expect(pages).to.deep.equal([['usmf', 'ussi'], ['usmf']]);
  });

  it('add types and links where all metadata is asked for', async () => {
    const { json } = await get('ProjCDSParameters?$select=IntegrationEnabled', {
      accept: 'application/json;odata.metadata=full',
    });
    expect(json.value[0]).to.include({
      '@odata.type': '#Microsoft.Dynamics.DataEntities.ProjCDSParameter',
      '@odata.editLink': "ProjCDSParameters(dataAreaId='usmf')",
      'IntegrationEnabled@odata.type': '#Microsoft.Dynamics.DataEntities.NoYes',
    });
  });

  it('say in their own way that an address leads nowhere', async () => {
    const { status, json } = await get('customersv3');
    expect(status).to.equal(404);
    expect(json.Message).to.match(
      /^No HTTP resource was found that matches the request URI 'http.*\/data\/customersv3'\.$/,
    );
  });

  it('refuse unknown fields, options and functions', async () => {
    expect(infolog(await get('CustomersV3?$select=Nope'))).to.contain(
      "'Nope' on type 'Microsoft.Dynamics.DataEntities.CustomerV3'",
    );
    expect((await get('CustomersV3?$search=x')).status).to.equal(400);
    expect((await get("CustomersV3?$filter=contains(OrganizationName,'x')")).status).to.equal(400);
  });
});
