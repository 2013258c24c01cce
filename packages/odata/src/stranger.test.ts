import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBus, systemClock, type Value } from '@isthmus/core';
import mockserver from '@sap-ux/fe-mockserver-core';
import { expect } from 'chai';
import { ODataClient } from './client.js';
import { serviceFailure } from './errors.js';
import { failureOf, fixedToken } from './fixture/service.test.util.js';
import type { JsonObject } from './json/index.js';
import { entityPath, keyCondition, literal, queryString } from './query/index.js';

const METADATA = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="Shop" Alias="S" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="Product"><Key><PropertyRef Name="Number"/></Key>
    <Property Name="Number" Type="Edm.String" Nullable="false" MaxLength="20"/>
    <Property Name="Name" Type="Edm.String" MaxLength="60"/>
    <Property Name="Price" Type="Edm.Decimal" Precision="15" Scale="4"/>
    <Property Name="Released" Type="Edm.Date"/>
    <Property Name="Sold" Type="Edm.Boolean"/>
    <Property Name="CategoryId" Type="Edm.Int32"/>
    <NavigationProperty Name="Category" Type="S.Category">
      <ReferentialConstraint Property="CategoryId" ReferencedProperty="Id"/></NavigationProperty>
  </EntityType>
  <EntityType Name="Category"><Key><PropertyRef Name="Id"/></Key>
    <Property Name="Id" Type="Edm.Int32" Nullable="false"/>
    <Property Name="Title" Type="Edm.String" MaxLength="30"/>
  </EntityType>
  <EntityContainer Name="Container">
    <EntitySet Name="Products" EntityType="S.Product"><NavigationPropertyBinding Path="Category" Target="Categories"/></EntitySet>
    <EntitySet Name="Categories" EntityType="S.Category"/>
  </EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`;

const product = (Number: string, Name: string, Price: number, CategoryId: number, Released = '2026-01-31') => ({
  ...{ Number, Name, Price, CategoryId, Released, Sold: false },
});
const PRODUCTS = [
  product('P-1', 'Chair & 50 % (+ cushion)', 1234.5, 1),
  product('P-2', 'Lamp & shade', 19.99, 2, '2026-02-28'),
  product('P-3', 'Table', 240, 1),
];
const CATEGORIES = [
  { Id: 1, Title: 'Furniture' },
  { Id: 2, Title: 'Light' },
];

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * fe-mockserver-core: an OData version 4 server that nobody here wrote. It gives all rows at once; of one that gives
 * them in pages see `stranger-pages.test.ts`.
 */
describe('A service of another make', () => {
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-stranger-'));
  let server: Server;
  let client: ODataClient;

  before(async () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    writeFileSync(join(folder, 'metadata.xml'), METADATA);
    writeFileSync(join(data, 'Products.json'), JSON.stringify(PRODUCTS));
    writeFileSync(join(data, 'Categories.json'), JSON.stringify(CATEGORIES));
    const service = { urlPath: '/shop', metadataPath: join(folder, 'metadata.xml'), mockdataPath: data };
    const Mockserver = mockserver.default;
    const stranger = new Mockserver({ services: [service] as never });
    await stranger.isReady;
    const router = stranger.getRouter();
    server = createServer((request, response) => {
      router(request as never, response as never, () => response.writeHead(404).end());
    });
    client = new ODataClient({
      name: 'shop',
      root: `${await listen(server)}/shop/`,
      batchUrls: 'relative',
      token: fixedToken('stranger'),
      events: new EventBus(),
      clock: systemClock,
    });
  });

  after(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  async function rows(set: string, options: Parameters<typeof queryString>[0]): Promise<JsonObject[]> {
    const all: JsonObject[] = [];
    for await (const { value } of client.pages(set + queryString(options), { maxPageSize: 2 })) all.push(...value);
    return all;
  }
  const numbers = (found: readonly JsonObject[]): unknown[] => found.map(({ Number }) => Number);

  it('says what it has, and its metadata is understood', async () => {
    const { entitySets } = await client.metadata();
    const found = entitySets.get('Products');
    expect([...entitySets.keys()]).to.have.members(['Products', 'Categories']);
    expect(found?.key).to.deep.equal(['Number']);
    expect(found?.properties.get('Price')).to.include({ type: 'Edm.Decimal', precision: 15, scale: 4 });
    expect(found?.navigation.get('Category')).to.include({ target: 'Shop.Category', collection: false });
  });

  it('is asked for fields, conditions, order and expansion in words that it knows', async () => {
    const filter = `Name eq ${literal.text('Chair & 50 % (+ cushion)')}`;
    const expand = [{ navigation: 'Category', select: ['Title'] }];
    const [chair] = await rows('Products', { select: ['Number', 'Price'], filter, expand });
    expect(chair).to.include({ Number: 'P-1' }).and.have.nested.property('Category.Title', 'Furniture');
    expect(Number(chair?.['Price'])).to.equal(1234.5);
    expect(numbers(await rows('Products', { filter: 'Price gt 100', orderby: 'Price desc' }))).to.deep.equal([
      'P-1',
      'P-3',
    ]);
  });

  it('finds many keys at once', async () => {
    const key = [{ name: 'Number', literal: (value: Value) => literal.text(String(value)) }];
    const filter = ['P-1', 'P-3', 'P-9'].map((number) => keyCondition(key, [number])).join(' or ');
    expect(numbers(await rows('Products', { filter }))).to.have.members(['P-1', 'P-3']);
  });

  it('counts, and gives a part of the rows', async () => {
    expect(await client.count('Products/$count')).to.equal(3);
    const some = { orderby: 'Number', top: 2, skip: 1, count: true };
    const page = (await client.pages(`Products${queryString(some)}`).next()).value;
    expect(page).to.include({ count: 3 });
    expect(numbers(page?.value ?? [])).to.deep.equal(['P-2', 'P-3']);
  });

  it('reads and writes in batches, each operation with its own answer', async () => {
    const body = JSON.stringify(product('P-4', 'Carpet', 80, 1));
    const parts = await client.batch(
      [
        { method: 'GET', path: entityPath('Products', { Number: literal.text('P-2') }) },
        { method: 'POST', path: 'Products', body },
        { method: 'PATCH', path: entityPath('Products', { Number: literal.text('P-3') }), body: '{"Sold":true}' },
        { method: 'GET', path: entityPath('Products', { Number: literal.text('P-9') }) },
      ],
      { continueOnError: true },
    );
    expect(parts.map(({ status }) => status)).to.deep.equal([200, 201, 200, 404]);
    expect(parts[0]?.json()).to.include({ Name: 'Lamp & shade' });
    expect(numbers(await rows('Products', { filter: 'Sold eq true' }))).to.deep.equal(['P-3']);
  });

  it('takes change sets', async () => {
    const parts = await client.batch([
      { method: 'POST', path: 'Categories', body: '{"Id":3,"Title":"Floor"}', changeSet: 1 },
      { method: 'PATCH', path: "Products('P-4')", body: '{"CategoryId":3}', changeSet: 1 },
    ]);
    expect(parts.map(({ status }) => status < 300)).to.deep.equal([true, true]);
    expect(await client.getJson("Products('P-4')?$expand=Category")).to.have.nested.property('Category.Title', 'Floor');
  });

  it('is understood where it refuses', async () => {
    expect(serviceFailure(await failureOf(client.getJson("Products('P-9')")))).to.include({ status: 404 });
  });
});
