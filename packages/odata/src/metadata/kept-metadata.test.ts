import type { CachedText, TextCache } from '@isthmus/core';
import { expect } from 'chai';
import type { ODataClient } from '../client.js';
import { clientOf, startService, virtualClock, type Service } from '../fixture/service.test.util.js';

const HOUR = 60 * 60_000;

const document = (...sets: string[]): string => `<?xml version="1.0"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="N" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="T"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Int32"/></EntityType>
<EntityContainer Name="C">${sets.map((set) => `<EntitySet Name="${set}" EntityType="N.T"/>`).join('')}</EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`;

describe('Metadata that is kept from one process to the next', () => {
  let service: Service;
  let entries: Map<string, CachedText>;
  let cache: TextCache;
  const clock = virtualClock();
  let text: string;
  let etag: string | undefined;

  beforeEach(async () => {
    entries = new Map();
    cache = {
      get: async (key) => entries.get(key),
      set: async (key, entry) => void entries.set(key, entry),
    };
    text = document('Customers');
    etag = 'W/"1"';
    service = await startService(({ headers }, response) => {
      if (etag !== undefined && headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
      response.writeHead(200, { 'content-type': 'application/xml', ...(etag === undefined ? {} : { etag }) }).end(text);
    });
  });
  afterEach(() => service.stop());

  /** What a process of its own does. */
  async function inProcess<T>(work: (client: ODataClient) => Promise<T>): Promise<T> {
    const client = clientOf(service, { cache, clock });
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }
  const sets = (client: ODataClient): Promise<string[]> =>
    client.metadata().then(({ entitySets }) => [...entitySets.keys()]);

  it('is not asked for again within the hour', async () => {
    expect(await inProcess(sets)).to.deep.equal(['Customers']);
    await clock.sleep(HOUR - 1);
    expect(await inProcess(sets)).to.deep.equal(['Customers']);
    expect(service.requests).to.have.length(1);
  });

  it('is asked for after that, and not sent where it is the same', async () => {
    await inProcess(sets);
    await clock.sleep(HOUR);
    expect(await inProcess(sets)).to.deep.equal(['Customers']);
    expect(service.requests[1]?.headers).to.include({ 'if-none-match': 'W/"1"' });
    await clock.sleep(HOUR - 1);
    await inProcess(sets);
    expect(service.requests).to.have.length(2);
  });

  it('is replaced when it has changed, also by a service without etags', async () => {
    etag = undefined;
    await inProcess(sets);
    text = document('Customers', 'Projects');
    await clock.sleep(HOUR);
    expect(await inProcess(sets)).to.deep.equal(['Customers', 'Projects']);
  });

  it('is asked for at once where that is wanted, once in a process', async () => {
    await inProcess(sets);
    [text, etag] = [document('Customers', 'Projects'), 'W/"2"'];
    await inProcess(async (client) => {
      expect(await sets(client)).to.deep.equal(['Customers']);
      expect(await client.refreshMetadata()).to.equal(true);
      expect(await sets(client)).to.deep.equal(['Customers', 'Projects']);
      expect(await client.refreshMetadata()).to.equal(false);
    });
    expect(service.requests).to.have.length(2);
    expect(await inProcess(sets)).to.deep.equal(['Customers', 'Projects']);
  });

  it('is of no use where it is damaged, dated in the future, or of another user', async () => {
    await inProcess(sets);
    const [[key, entry] = ['', { text: '', at: 0 }]] = entries;
    entries.set(key, { ...entry, text: entry.text.slice(0, 200) });
    expect(await inProcess(sets)).to.deep.equal(['Customers']);
    entries.set(key, { ...entry, at: clock.now() + HOUR });
    await inProcess(sets);
    const other = clientOf({ ...service, identity: 'another' }, { cache, clock });
    await other.metadata();
    await other.close();
    expect(service.requests).to.have.length(4);
  });
});
