import { expect } from 'chai';
import type { Answer, SandboxClient } from '../client.test.support.js';
import { batchBody, operation, startWithClient } from '../client.test.support.js';

const ROWS = 12;

describe('Dataverse pages', () => {
  let client: SandboxClient;
  const get = (path: string, prefer = ''): Promise<Answer> => client.psa('GET', path, { headers: { prefer } });

  before(async () => {
    client = await startWithClient({ empty: true, maxPageSize: 5 });
    const accounts = Array.from({ length: ROWS }, (_, index) =>
      operation('POST', 'accounts', {
        name: `Account ${String((index * 5) % ROWS).padStart(2, '0')}`,
        accountnumber: `A-${index}`,
      }),
    );
    await client.psa('POST', '$batch', batchBody(accounts));
  });

  after(() => client.sandbox.stop());

  async function follow(path: string, prefer?: string): Promise<{ names: string[]; pages: number[] }> {
    const names: string[] = [];
    const pages: number[] = [];
    for (let next: string | undefined = path; next;) {
      const { json }: Answer = await get(next, prefer);
      names.push(...json.value.map((row: { name: string }) => row.name));
      pages.push(json.value.length);
      next = json['@odata.nextLink'];
    }
    return { names, pages };
  }

  it('hold no more rows than the limit, and a link to the next as long as there is one', async () => {
    const { names, pages } = await follow('accounts?$select=name');
    expect(pages).to.deep.equal([5, 5, 2]);
    expect(new Set(names)).to.have.property('size', ROWS);
  });

  it('are as small as the client wants, and never larger than the limit', async () => {
    expect((await follow('accounts?$select=name', 'odata.maxpagesize=4')).pages).to.deep.equal([4, 4, 4]);
    expect((await follow('accounts?$select=name', 'odata.maxpagesize=5000')).pages).to.deep.equal([5, 5, 2]);
  });

  it('carry the cookie in the form that Dataverse writes', async () => {
    const { json, headers } = await get('accounts?$select=name', 'odata.maxpagesize=2');
    expect(headers.get('preference-applied')).to.equal('odata.maxpagesize=2');
    expect(json['@odata.nextLink']).to.match(
      /accounts\?\$select=name&\$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie.*%22%20istracking=%22False%22%20\/%3E$/,
    );
  });

  it('keep filter and order from the first to the last', async () => {
    const { names } = await follow(
      "accounts?$select=name&$filter=name ne 'Account 03'&$orderby=name desc",
      'odata.maxpagesize=3',
    );
    expect(names).to.have.length(ROWS - 1);
    expect(names).to.deep.equal([...names].sort().reverse());
  });

  it('show the rows as they stood when the sequence began, whatever comes in between', async () => {
    const { json } = await get('accounts?$select=name&$orderby=name', 'odata.maxpagesize=3');
    const created = await client.psa('POST', 'accounts', { body: { name: 'Account 00a' } });
    const rest = await follow(json['@odata.nextLink'], 'odata.maxpagesize=3');
    expect(rest.names).to.have.length(ROWS - 3);
    await client.psa('DELETE', created.headers.get('odata-entityid') ?? '');
  });

  it('end with $top, which maxpagesize overrules', async () => {
    expect((await follow('accounts?$select=name&$top=3')).pages).to.deep.equal([3]);
    expect((await follow('accounts?$select=name&$top=3', 'odata.maxpagesize=5')).names).to.have.length(ROWS);
  });

  it('say how many rows there are in all', async () => {
    const { json } = await get("accounts?$select=name&$count=true&$filter=contains(name,'0')&$top=1");
    expect(json['@odata.count']).to.equal(11);
    expect((await get('accounts/$count')).text).to.equal(String(ROWS));
  });

  it('refuse a cookie that was tampered with', async () => {
    expect((await get('accounts?$skiptoken=nonsense')).status).to.equal(400);
  });
});
