import { expect } from 'chai';
import { clientOf, failureOf, sendJson, startService } from '../fixture/service.test.util.js';
import { parseMetadata } from './index.js';

const CSDL = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EnumType Name="NoYes"><Member Name="No" Value="0" /><Member Name="Yes" Value="1" /></EnumType>
  <EnumType Name="Counted"><Member Name="A" /><Member Name="B" /></EnumType>
  <EntityType Name="crmbaseentity" Abstract="true" />
  <EntityType Name="owned" BaseType="mscrm.crmbaseentity"><Property Name="createdon" Type="Edm.DateTimeOffset" /></EntityType>
  <ComplexType Name="Address"><Property Name="City" Type="Edm.String" /></ComplexType>
  <EntityType Name="salesorder" BaseType="mscrm.owned">
    <Key><PropertyRef Name="salesorderid" /></Key>
    <Property Name="salesorderid" Type="Edm.Guid" Nullable="false">
      <Annotation Term="Org.OData.Core.V1.Computed" Bool="true" />
      <Annotation Term="Org.OData.Core.V1.Permissions"><EnumMember>Org.OData.Core.V1.Permission/Read</EnumMember></Annotation>
    </Property>
    <Property Name="name" Type="Edm.String" MaxLength="300" Unicode="false" />
    <Property Name="description" Type="Edm.String" MaxLength="max" />
    <Property Name="exchangerate" Type="Edm.Decimal" Precision="18" Scale="variable" />
    <Property Name="islocked" Type="mscrm.NoYes" Nullable="false" />
    <Property Name="_customerid_value" Type="Edm.Guid" />
    <NavigationProperty Name="customerid_account" Type="mscrm.account" Partner="order_customer_accounts">
      <ReferentialConstraint Property="_customerid_value" ReferencedProperty="accountid" />
    </NavigationProperty>
    <NavigationProperty Name="order_details" Type="Collection(mscrm.account)" />
    <Annotation Term="OData.Community.Keys.V1.AlternateKeys"><Collection>
      <Record Type="OData.Community.Keys.V1.AlternateKey"><PropertyValue Property="Key"><Collection>
        <Record><PropertyValue Property="Name" PropertyPath="name" /></Record>
        <Record><PropertyValue Property="Name" PropertyPath="_customerid_value" /></Record>
      </Collection></PropertyValue></Record>
    </Collection></Annotation>
  </EntityType>
  <EntityType Name="account"><Key><PropertyRef Name="accountid" /></Key><Property Name="accountid" Type="Edm.Guid" /></EntityType>
  <EntityContainer Name="System">
    <EntitySet Name="salesorders" EntityType="Microsoft.Dynamics.CRM.salesorder">
      <Annotation Term="Org.OData.Capabilities.V1.ChangeTracking"><Record><PropertyValue Property="Supported" Bool="true" /></Record></Annotation>
    </EntitySet>
    <EntitySet Name="accounts" EntityType="mscrm.account" />
  </EntityContainer>
  <Annotations Target="mscrm.System/accounts">
    <Annotation Term="Org.OData.Capabilities.V1.ChangeTracking"><Record><PropertyValue Property="Supported" Bool="false" /></Record></Annotation>
  </Annotations>
  <Annotations Target="mscrm.account/accountid"><Annotation Term="Org.OData.Core.V1.Computed" /></Annotations>
</Schema></edmx:DataServices></edmx:Edmx>`;

describe('Metadata of a service', () => {
  const metadata = parseMetadata(CSDL, 'psa');
  const order = metadata.entitySets.get('salesorders');

  it('gives the entity type of each set, with its key and what its base types have', () => {
    expect([...metadata.entitySets.keys()]).to.deep.equal(['salesorders', 'accounts']);
    expect(order).to.include({ name: 'salesorder', namespace: 'Microsoft.Dynamics.CRM', set: 'salesorders' });
    expect(order?.key).to.deep.equal(['salesorderid']);
    expect([...(order?.properties.keys() ?? [])]).to.include.members(['createdon', 'salesorderid', 'name']);
    expect(metadata.types.get('Microsoft.Dynamics.CRM.salesorder')).to.equal(order);
    expect(metadata.types.get('Microsoft.Dynamics.CRM.owned')?.set).to.equal(undefined);
  });

  it('gives types and limits of properties', () => {
    const properties = order?.properties;
    expect(properties?.get('name')).to.include({ type: 'Edm.String', maxLength: 300, nullable: true });
    expect(properties?.get('description')).to.include({ maxLength: undefined });
    expect(properties?.get('exchangerate')).to.include({ type: 'Edm.Decimal', precision: 18, scale: undefined });
    expect(properties?.get('islocked')).to.include({ type: 'Microsoft.Dynamics.CRM.NoYes', nullable: false });
    expect(properties?.get('salesorderid')).to.include({ computed: true, permissions: 'Read', nullable: false });
    expect(properties?.get('name')).to.include({ computed: undefined, permissions: undefined });
    expect(properties?.has('City')).to.equal(false);
  });

  it('gives lookups with the property that holds their id', () => {
    expect(order?.navigation.get('customerid_account')).to.deep.equal({
      name: 'customerid_account',
      target: 'Microsoft.Dynamics.CRM.account',
      collection: false,
      constraints: [{ property: '_customerid_value', referenced: 'accountid' }],
    });
    expect(order?.navigation.get('order_details')).to.include({
      target: 'Microsoft.Dynamics.CRM.account',
      collection: true,
    });
  });

  it('gives alternate keys, change tracking and what is said from elsewhere', () => {
    expect(order?.alternateKeys).to.deep.equal([['name', '_customerid_value']]);
    expect(order?.changeTracking).to.equal(true);
    const account = metadata.entitySets.get('accounts');
    expect(account?.changeTracking).to.equal(false);
    expect(account?.properties.get('accountid')).to.include({ computed: true });
    expect(account?.alternateKeys).to.deep.equal([]);
  });

  it('gives the values of enums', () => {
    expect([...(metadata.enums.get('Microsoft.Dynamics.CRM.NoYes')?.members ?? [])]).to.deep.equal([
      ['No', 0],
      ['Yes', 1],
    ]);
    expect(metadata.enums.get('Microsoft.Dynamics.CRM.Counted')?.members.get('B')).to.equal(1);
  });

  it('is refused with the line where it is torn, empty or something else', async () => {
    const half = CSDL.slice(0, CSDL.indexOf('<EntityContainer'));
    for (const [xml, reason] of [
      [half, `line ${half.split('\n').length}`],
      ['<edmx:Edmx xmlns:edmx="x"></edmx:Edmx>', 'it holds no entity sets'],
      ['{"value":[]}', 'line 1'],
    ] as const) {
      const failure = await failureOf(Promise.resolve().then(() => parseMetadata(xml, 'psa')));
      expect(failure).to.include({ code: 'ODATA_METADATA_INVALID' });
      expect(failure.message).to.include(reason);
    }
    const page = await failureOf(Promise.resolve().then(() => parseMetadata('<html><h1>Sign in</h1></html>', 'psa')));
    expect(page).to.include({ code: 'ODATA_WEB_PAGE' });
  });

  it('is asked for once, however many want it; again after a failure', async () => {
    let fail = true;
    const service = await startService((_request, response) => {
      if (fail) sendJson(response, {}, 400);
      else response.writeHead(200, { 'content-type': 'application/xml' }).end(CSDL);
    });
    const client = clientOf(service, { metadataPath: '$metadata?annotations=true' });
    await failureOf(client.metadata());
    fail = false;
    const [one, two] = await Promise.all([client.metadata(), client.metadata()]);
    await client.close();
    await service.stop();
    expect(one).to.equal(two);
    expect(service.requests.map(({ url }) => url)).to.deep.equal(Array(2).fill('/data/$metadata?annotations=true'));
  });
});
