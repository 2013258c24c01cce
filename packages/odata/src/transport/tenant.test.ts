import { startSandbox, type LoggedRequest, type RunningSandbox, type SandboxOptions } from '@isthmus/sandbox';
import { EventBus, systemClock } from '@isthmus/core';
import { expect } from 'chai';
import { clientCredentials } from '../auth/index.js';
import { ODataClient } from '../client.js';

const CONCURRENCY = 12;

describe('A tenant with limits', function () {
  this.timeout(60_000);
  let sandbox: RunningSandbox;
  let client: ODataClient;

  async function start(options: SandboxOptions): Promise<void> {
    sandbox = await startSandbox({ empty: true, ...options });
  }

  function connect(system: 'psa' | 'finops', root: string): void {
    const { url } = sandbox[system];
    const { clientId, clientSecret, token } = sandbox;
    const given = { tokenUrl: token.url, clientId, clientSecret, scope: `${url}/.default` };
    client = new ODataClient({
      name: system,
      root: url + root,
      token: clientCredentials({ ...given, connection: system, clock: systemClock }),
      events: new EventBus(),
      clock: systemClock,
      concurrency: CONCURRENCY,
    });
  }

  afterEach(async () => {
    await client.close();
    await sandbox.stop();
  });

  const control = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${sandbox.psa.url}/sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });

  const log = async (system: string): Promise<LoggedRequest[]> =>
    (await (await control('GET', `log?system=${system}`)).json()) as LoggedRequest[];

  /** Asks as fast as it may, so many times in all. */
  async function ask(path: string, times: number): Promise<void> {
    let left = times;
    const askOn = async (): Promise<void> => {
      while (left-- > 0) await client.getJson(path);
    };
    await Promise.all(Array.from({ length: 2 * CONCURRENCY }, askOn));
  }

  const at = ({ ts }: LoggedRequest): number => Date.parse(ts);

  /** Requests that came between a 429 and the instant that it named, beyond those that were under way by then. */
  function early(requests: readonly LoggedRequest[]): number {
    let found = 0;
    for (const refused of requests.filter(({ retryAfter }) => retryAfter !== undefined)) {
      const told = at(refused) + refused.ms;
      const until = at(refused) + (refused.retryAfter ?? 0) * 1000;
      const inBetween = requests.filter((one) => at(one) > told + ON_THE_WAY_MS && at(one) < until);
      found += inBetween.length;
    }
    return found;
  }
  /** An answer needs some time to its client, and what was sent before it came needs some time, too. */
  const ON_THE_WAY_MS = 250;

  it('settles near the number of requests allowed, and sends none earlier than told (A10)', async () => {
    const [requests, windowSeconds, windows] = [200, 4, 3];
    await start({ limits: { requests, windowSeconds, concurrent: 52 } });
    connect('psa', '/api/data/v9.2/');
    await ask('WhoAmI', requests * windows);

    const all = await log('psa');
    expect(early(all)).to.equal(0);
    const admitted = all.filter(({ status }) => status === 200);
    expect(admitted).to.have.length(requests * windows);
    const seconds = (at(admitted.at(-1)!) - at(admitted[0]!)) / 1000;
    // The first window is full at once; each further one has to slide.
    const allowed = (windows - 1) * windowSeconds;
    expect(seconds).to.be.within(allowed * 0.9, allowed * 1.5);
    expect(all.length - admitted.length).to.be.lessThan(windows * CONCURRENCY);
  });

  it('finds out by itself how many at once are too many (A10)', async () => {
    const concurrent = 3;
    await start({ limits: { concurrent } });
    connect('psa', '/api/data/v9.2/');
    await control('POST', 'faults', [{ system: 'psa', kind: 'latency', delay: 15 }]);
    await ask('WhoAmI', 150);
    const all = await log('psa');
    expect(all.filter(({ status }) => status === 200)).to.have.length(150);
    const refused = all.filter(({ status }) => status === 429);
    expect(early(all)).to.equal(0);
    // Many at first; then one now and then, where it tries whether more is borne by now.
    const second = refused.filter((one) => all.indexOf(one) > all.length / 2);
    expect(refused.length).to.be.greaterThan(0);
    expect(second.length).to.be.lessThan(all.length / 20);
  });

  it('does as much as fits into the execution time allowed (A10)', async () => {
    const limits = { executionMs: 400, windowSeconds: 1, concurrent: 52 };
    await start({ limits });
    connect('psa', '/api/data/v9.2/');
    await control('POST', 'faults', [{ system: 'psa', kind: 'latency', delay: 20 }]);
    await ask('WhoAmI', 60);
    const all = await log('psa');
    expect(early(all)).to.equal(0);
    expect(all.filter(({ status }) => status === 200)).to.have.length(60);
    expect(all.some(({ status }) => status === 429)).to.equal(true);
  });

  it('keeps away from a busy Finance & Operations for as long as it is told (B7)', async () => {
    await start({ resources: { capacityMs: 400, windowSeconds: 1, retryAfter: 1 } });
    connect('finops', '/data/');
    await control('POST', 'faults', [{ system: 'finops', kind: 'latency', delay: 20 }]);
    await ask('Currencies', 50);
    const all = await log('finops');
    expect(early(all)).to.equal(0);
    expect(all.filter(({ status }) => status === 200)).to.have.length(50);
    expect(all.some(({ status }) => status === 429)).to.equal(true);
  });
});
