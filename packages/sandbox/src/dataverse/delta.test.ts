import { expect } from 'chai';
import type { Answer, SandboxClient } from '../client.test.support.js';
import { startWithClient } from '../client.test.support.js';

describe('Dataverse change tracking', () => {
  let client: SandboxClient;
  const get = (path: string, prefer = ''): Promise<Answer> => client.psa('GET', path, { headers: { prefer } });
  const create = async (name: string): Promise<string> => {
    const { headers } = await client.psa('POST', 'accounts', { body: { name } });
    return headers.get('odata-entityid') ?? '';
  };
  const names = ({ json }: Answer): string[] =>
    json.value.map((row: { name?: string; id?: string }) => row.name ?? row.id);

  beforeEach(async () => {
    client = await startWithClient();
  });

  afterEach(() => client.sandbox.stop());

  it('lists changed rows in the order of their change, and deleted ones last', async () => {
    const [a, b, c] = [await create('a'), await create('b'), await create('c')];
    const link = (await get('accounts?$select=name', 'odata.track-changes')).json['@odata.deltaLink'];
    await client.psa('DELETE', a);
    await client.psa('PATCH', c, { body: { name: 'c2' } });
    await client.psa('PATCH', b, { body: { name: 'b2' } });
    const { json } = await get(link);
    expect(json.value.slice(0, 2).map((row: { name: string }) => row.name)).to.deep.equal(['c2', 'b2']);
    expect(json.value[2]['@odata.context']).to.match(/#accounts\/\$deletedEntity$/);
    expect(json.value[2]).to.include({ id: /\(([^)]+)\)/.exec(a)?.[1], reason: 'deleted' });
    expect((await get(link.replace('accounts?$select=name&', 'accounts/$count?'))).text).to.equal('3');
  });

  it('loses nothing that changes while the pages are read', async () => {
    const urls: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) urls.push(await create(name));
    const first = await get('accounts?$select=name', 'odata.track-changes,odata.maxpagesize=2');
    expect(first.json).not.to.have.property('@odata.deltaLink');
    await client.psa('PATCH', urls[0] ?? '', { body: { name: 'a2' } });
    const last = await get(first.json['@odata.nextLink'], 'odata.maxpagesize=2');
    expect([...names(first), ...names(last)]).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(names(await get(last.json['@odata.deltaLink']))).to.deep.equal(['a2']);
  });

  it('pages through changes and deletions too', async () => {
    const link = (await get('accounts?$select=name', 'odata.track-changes')).json['@odata.deltaLink'];
    const urls: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) urls.push(await create(name));
    for (const url of urls.slice(0, 3)) await client.psa('DELETE', url);
    const sizes: number[] = [];
    let answer = await get(link, 'odata.maxpagesize=2');
    sizes.push(answer.json.value.length);
    while (answer.json['@odata.nextLink']) {
      answer = await get(answer.json['@odata.nextLink'], 'odata.maxpagesize=2');
      sizes.push(answer.json.value.length);
    }
    expect(sizes).to.deep.equal([2, 2, 1]);
    expect(answer.json['@odata.deltaLink']).to.be.a('string');
  });

  for (const [option, message] of [
    ['$skip=1', 'Skip Clause is not supported in CRM'],
    ['$search=a', 'The query parameter $search is not supported.'],
  ] as const) {
    it(`refuses ${option.split('=')[0]} beside a delta token as it does without one`, async () => {
      const link: string = (await get('accounts', 'odata.track-changes')).json['@odata.deltaLink'];
      for (const path of [`accounts?${option}`, `${link}&${option}`]) {
        const { status, json } = await get(path);
        expect([status, json.error?.code, json.error?.message]).to.deep.equal([400, '0x80060888', message]);
      }
    });
  }
});
