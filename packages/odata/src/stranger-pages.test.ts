import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBus, systemClock } from '@isthmus/core';
import middy, { type MiddlewareObj } from '@middy/core';
import { expect } from 'chai';
import * as middyOData from 'middy-odata-v4';
import { ODataClient } from './client.js';
import { fixedToken } from './fixture/service.test.util.js';
import { literal, queryString, type QueryOptions } from './query/index.js';

/** Its own declarations are not found by TypeScript's resolution for Node. */
interface Library {
  parseODataQuery(query: Record<string, string>): object;
  filterArray<T>(rows: readonly T[], options: object): T[];
  orderArray<T>(rows: readonly T[], options: object): T[];
  odataParse(options: { model: object; serviceRoot: string }): MiddlewareObj;
  odataPagination(options: { defaultTop: number }): MiddlewareObj;
  odataShape(): MiddlewareObj;
}

const { parseODataQuery, filterArray, orderArray, odataParse, odataPagination, odataShape } =
  middyOData as unknown as Library;

const PAGE = 4;

const MODEL = {
  namespace: 'Shop',
  entityTypes: [
    {
      name: 'Product',
      key: ['Number'],
      properties: ['Number', 'Name', 'Price'].map((name) => ({ name, type: 'Edm.String' })),
    },
  ],
  entitySets: [{ name: 'Products', entityType: 'Product' }],
};

const PRODUCTS = Array.from({ length: 11 }, (_, i) => ({
  Number: `P-${i + 1}`,
  Name: i % 2 === 0 ? 'Chair & 50 % (+ cushion)' : 'Lamp',
  Price: i * 10,
}));

/** What API Gateway hands to a function, as far as the library looks at it. */
interface Call {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly queryStringParameters: Record<string, string>;
}

/** middy-odata-v4: the other one that nobody here wrote, made for functions behind API Gateway, whose place this takes. */
function startStranger(): Server {
  const serviceRoot = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop`;
  let handle: ReturnType<typeof functionOf> | undefined;
  const answer = async ({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, search, searchParams } = new URL(url, serviceRoot());
    handle ??= functionOf(serviceRoot());
    const { statusCode, body } = await handle({
      rawPath: pathname.replace('/shop', ''),
      rawQueryString: search.slice(1),
      queryStringParameters: Object.fromEntries(searchParams),
    });
    response.writeHead(statusCode, { 'content-type': 'application/json' }).end(body);
  };
  const server = createServer((request, response) => void answer(request, response));
  return server;
}

function functionOf(serviceRoot: string) {
  const rows = ({ queryStringParameters }: Call) => {
    const options = parseODataQuery(queryStringParameters);
    const body = JSON.stringify(orderArray(filterArray(PRODUCTS, options), options));
    return Promise.resolve({ statusCode: 200, body });
  };
  const call = middy(rows)
    .use(odataParse({ model: MODEL, serviceRoot }))
    .use(odataPagination({ defaultTop: PAGE }))
    .use(odataShape());
  return (event: Call) => call(event, {} as never);
}

describe('A service of another make that gives its rows in pages', () => {
  let server: Server;
  let client: ODataClient;
  const asked: string[] = [];

  before(async () => {
    server = startStranger();
    server.prependListener('request', ({ url = '' }: IncomingMessage) => asked.push(url));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new ODataClient({
      name: 'shop',
      root: `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop/`,
      token: fixedToken('stranger'),
      events: new EventBus(),
      clock: systemClock,
    });
  });
  beforeEach(() => asked.splice(0));
  after(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function pages(options: QueryOptions) {
    const found = [];
    for await (const page of client.pages(`Products${queryString(options)}`)) found.push(page);
    return found;
  }

  it('is read to its last page by its own links', async () => {
    const found = await pages({});
    expect(found.map(({ value }) => value.length)).to.deep.equal([4, 4, 3]);
    expect(found.flatMap(({ value }) => value.map(({ Number }) => Number))).to.deep.equal(
      PRODUCTS.map(({ Number }) => Number),
    );
    expect(found.map(({ nextLink }) => nextLink !== undefined)).to.deep.equal([true, true, false]);
    expect(asked).to.deep.equal(['/shop/Products', '/shop/Products?%24skip=4', '/shop/Products?%24skip=8']);
  });

  it('keeps fields, conditions, order and count from page to page', async () => {
    const filter = `Name eq ${literal.text('Chair & 50 % (+ cushion)')} and Price gt 0`;
    const found = await pages({ select: ['Number', 'Price'], filter, orderby: 'Price desc', count: true });
    expect(found.map(({ value }) => value)).to.deep.equal([
      [10, 8, 6, 4].map((i) => ({ Number: `P-${i + 1}`, Price: i * 10 })),
      [{ Number: 'P-3', Price: 20 }],
    ]);
    expect(found.map(({ count }) => count)).to.deep.equal([5, 5]);
  });
});
