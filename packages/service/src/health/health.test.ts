import { systemClock, type Connector, type HealthCheck } from '@isthmus/core';
import { expect } from 'chai';
import { temporaryStore } from '../fixtures/index.js';
import type { ScheduleLoop } from '../schedule/index.js';
import { ConnectionWatch, HealthEndpoint, readiness } from './index.js';

const MINUTE = 60_000;
const checked = (status: HealthCheck['status'], message: string) => ({
  check: async (): Promise<HealthCheck[]> => [
    { name: 'sign-in', status: 'ok', message: 'fine' },
    { name: 'clock', status, message },
  ],
});

describe('The health of the service', () => {
  const store = temporaryStore();
  let endpoint: HealthEndpoint;
  let connectors: Map<string, Pick<Connector, 'check'>>;
  let loops: Pick<ScheduleLoop, 'integration' | 'running' | 'due'>[];

  async function start(): Promise<void> {
    const connections = new ConnectionWatch(connectors, systemClock);
    const stop = new AbortController();
    const parts = { store: store(), clock: systemClock, loops: loops as ScheduleLoop[], connections };
    endpoint = await HealthEndpoint.start({ host: '127.0.0.1', port: 0 }, () => readiness(parts));
    const watching = connections.run(stop.signal);
    await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    await watching;
  }
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`${endpoint.url}${path}`, init);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  beforeEach(() => {
    connectors = new Map([['psa', checked('ok', 'in step')]]);
    loops = [{ integration: 'contracts', running: false, due: Date.now() + MINUTE }];
  });
  afterEach(() => endpoint.stop());

  it('is that the process answers', async () => {
    await start();
    expect(await ask('/health')).to.deep.include({ status: 200 });
    expect((await ask('/health')).body).to.include({ status: 'ok' });
  });

  it('is ready when the store, the systems and the schedules are', async () => {
    await start();
    const { status, body } = await ask('/ready');
    expect(status).to.equal(200);
    expect(body).to.have.property('ready', true);
    expect((body['checks'] as HealthCheck[]).map(({ name, status: found }) => [name, found])).to.deep.equal([
      ['store', 'ok'],
      ['connection psa', 'ok'],
      ['schedule of contracts', 'ok'],
    ]);
  });

  const unready = async (): Promise<string> => {
    await start();
    const { status, body } = await ask('/ready');
    expect(status).to.equal(503);
    const failed = (body['checks'] as HealthCheck[]).filter((check) => check.status === 'failed');
    return failed.map(({ name, message }) => `${name}: ${message}`).join('\n');
  };

  it('is not ready while a system cannot be reached', async () => {
    connectors.set('finops', checked('failed', 'the credentials are refused'));
    expect(await unready()).to.match(/^connection finops: the credentials are refused \(20/);
  });

  it('is not ready while the check of a system itself fails', async () => {
    connectors.set('finops', {
      check: async () => {
        throw new TypeError('no route');
      },
    });
    expect(await unready()).to.match(/^connection finops: no route/);
  });

  it('is not ready while a run that is due does not begin', async () => {
    loops = [{ integration: 'contracts', running: false, due: Date.now() - 6 * MINUTE }];
    expect(await unready()).to.match(/^schedule of contracts: a run was due at .* and has not begun$/);
  });

  it('is ready during a run, however long it takes', async () => {
    loops = [{ integration: 'contracts', running: true, due: Date.now() - 600 * MINUTE }];
    await start();
    expect((await ask('/ready')).status).to.equal(200);
  });

  it('is asked for by GET, at two addresses', async () => {
    await start();
    expect((await ask('/')).status).to.equal(404);
    expect((await ask('/ready', { method: 'POST' })).status).to.equal(405);
  });

  it('on a port that is taken is a clear error', async () => {
    await start();
    const port = Number(new URL(endpoint.url).port);
    const second = HealthEndpoint.start({ host: '127.0.0.1', port }, async () => ({ ready: true, checks: [] }));
    const failure = await second.then(
      () => undefined,
      (thrown: { code: string }) => thrown.code,
    );
    expect(failure).to.equal('SERVICE_CANNOT_LISTEN');
  });
});
