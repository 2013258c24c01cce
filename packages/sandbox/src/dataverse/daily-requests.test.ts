import { expect } from 'chai';
import type { Json, SandboxClient } from '../client.test.support.js';
import { batchBody, operation, sender, startWithClient, tokenFor } from '../client.test.support.js';
import type { SandboxOptions } from '../index.js';
import { DailyCount } from '../limits/index.js';
import { Refusal } from '../odata/index.js';

describe('protocols A10: daily requests', () => {
  let client: SandboxClient;
  const start = async (options: SandboxOptions = {}): Promise<void> => {
    client = await startWithClient({ empty: true, ...options });
  };
  const limitedTo = (limit: number, beyond?: 'reported' | 'refused'): SandboxOptions => ({
    dataverse: { dailyRequests: { limit, ...(beyond && { beyond }) } },
  });
  const usage = async (): Promise<Json[]> => (await client.control('GET', 'usage')).json;
  const used = async (): Promise<number> => (await usage())[0]?.operations ?? 0;
  const create = (count: number): string[] =>
    Array.from({ length: count }, (_, i) => operation('POST', 'accounts', { name: `a${i}` }));

  afterEach(() => client.sandbox.stop());

  it('A10: are counted for each user, and nobody is limited unless told', async () => {
    const other = { clientId: 'another-client', clientSecret: 'another-secret' };
    await start({ otherClients: [other] });
    const { sandbox, psa } = client;
    const root = `${sandbox.psa.url}/api/data/v9.2/`;
    const asOther = sender(root, await tokenFor({ ...sandbox, ...other }, sandbox.psa.url));
    expect(await usage()).to.deep.equal([]);
    for (const send of [psa, asOther, psa]) await send('GET', 'accounts');
    expect(await usage()).to.deep.equal([
      { user: sandbox.clientId, operations: 2 },
      { user: other.clientId, operations: 1 },
    ]);
  });

  it('A10: count every operation of a batch, in change sets too, and not the batch', async () => {
    await start();
    const [one = '', ...set] = create(4);
    await client.psa('POST', '$batch', batchBody([one, set, operation('GET', 'accounts')]));
    expect(await used()).to.equal(5);
  });

  it('A10: count a page that is read as one, however many rows it has', async () => {
    await start();
    await client.psa('POST', '$batch', batchBody(create(7)));
    const first = await client.psa('GET', 'accounts', { headers: { prefer: 'odata.maxpagesize=5' } });
    await client.psa('GET', first.json['@odata.nextLink'], { headers: { prefer: 'odata.maxpagesize=5' } });
    expect(await used()).to.equal(7 + 2);
  });

  it('A10: count every target of a bulk message, alone and in a batch', async () => {
    await start();
    const targets = (...rows: Json[]) => ({
      Targets: rows.map((row) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.account', ...row })),
    });
    const path = (message: string): string => `accounts/Microsoft.Dynamics.CRM.${message}`;
    const three = targets({ accountnumber: '1' }, { accountnumber: '2' }, { accountnumber: '3' });
    const created = await client.psa('POST', path('CreateMultiple'), { body: three });
    expect(await used()).to.equal(3);
    const changed = targets(...created.json.Ids.slice(1).map((accountid: string) => ({ accountid, name: 'n' })));
    expect((await client.psa('POST', path('UpdateMultiple'), { body: changed })).status).to.equal(204);
    expect(await used()).to.equal(3 + 2);
    const kept = targets(...['1', '9'].map((key) => ({ '@odata.id': `accounts(accountnumber='${key}')`, name: 'm' })));
    const upsert = operation('POST', path('UpsertMultiple'), kept);
    await client.psa('POST', '$batch', batchBody([upsert, operation('GET', 'accounts')]));
    expect(await used()).to.equal(3 + 2 + 2 + 1);
    const log: Json[] = (await client.control('GET', 'log?system=psa')).json;
    expect(log.map(({ operations }) => operations)).to.deep.equal([1, 1, 2]);
  });

  it('A10: leave out what never came to be carried out: what was refused at the door', async () => {
    await start({ limits: { requests: 1, windowSeconds: 60 } });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await client.psa('GET', 'accounts')).status);
    expect(statuses).to.deep.equal([200, 429, 429]);
    expect(await used()).to.equal(1);
  });

  it('A10: beyond the limit are reported, and nothing is refused, as it is at present', async () => {
    await start(limitedTo(3));
    expect((await client.psa('POST', '$batch', batchBody(create(5)))).status).to.equal(200);
    expect((await client.psa('GET', 'accounts')).status).to.equal(200);
    expect(await usage()).to.deep.equal([{ user: client.sandbox.clientId, operations: 6, limit: 3 }]);
  });

  it('A10: beyond the limit are refused where an environment is told to, with 429 until there is room', async () => {
    await start(limitedTo(3, 'refused'));
    const batch = batchBody(create(2));
    expect((await client.psa('POST', '$batch', batch)).status).to.equal(200);
    expect((await client.psa('POST', '$batch', batch)).status).to.equal(200);
    const { status, headers } = await client.psa('GET', 'accounts');
    expect(status).to.equal(429);
    expect(Number(headers.get('retry-after'))).to.be.within(24 * 3600 - 30, 24 * 3600);
    expect(await used()).to.equal(4);
  });
});

describe('protocols A10: the 24 hours of daily requests', () => {
  it('A10: are the last ones, at any time', () => {
    let now = 0;
    const hours = (count: number): number => count * 3_600_000;
    const daily = new DailyCount({ limit: 10, beyond: 'refused' }, () => now);
    const ask = (operations: number): string => {
      const admission = daily.admit('user');
      if (admission instanceof Refusal) return `wait ${Number(admission.headers['retry-after']) / 3600} h`;
      admission.leave(operations);
      return `${daily.report()[0]?.operations} used`;
    };
    expect(ask(6)).to.equal('6 used');
    now = hours(10);
    expect(ask(3)).to.equal('9 used');
    now = hours(20);
    expect(ask(4)).to.equal('13 used');
    expect(ask(1)).to.equal('wait 4 h');
    now = hours(24) - 1;
    expect(ask(1)).to.match(/^wait/);
    now = hours(24);
    expect(ask(4)).to.equal('11 used');
    expect(ask(1)).to.equal('wait 10 h');
    now = hours(34);
    expect(ask(2)).to.equal('10 used');
    now = hours(100);
    expect(daily.report()).to.deep.equal([]);
  });

  it('A10: are kept by the minute, so that a day of requests takes no room to speak of', () => {
    let now = 0;
    const daily = new DailyCount({ limit: 1 }, () => now);
    for (; now < 90_000; now += 1000) {
      const admission = daily.admit('user');
      if (!(admission instanceof Refusal)) admission.leave(1);
    }
    now = 24 * 3_600_000 + 58_999;
    expect(daily.report()).to.deep.equal([{ user: 'user', operations: 90, limit: 1 }]);
    now++;
    expect(daily.report()).to.deep.equal([{ user: 'user', operations: 30, limit: 1 }]);
  });
});
