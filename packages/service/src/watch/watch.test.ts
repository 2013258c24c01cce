import type { Incident, RunRecord, StateStore } from '@isthmus/core';
import { expect } from 'chai';
import { runOf, task, temporaryStore } from '../fixtures/index.js';
import { Watch, type Notification } from './index.js';

const HOUR = 3_600_000;
const failure = {
  code: 'ODATA_UNREACHABLE',
  message: 'Nothing answers. The key is hunter22.',
  remedy: 'Look at the firewall.',
};
const broken = (changes: Partial<RunRecord> = {}) => runOf({ status: 'failed', error: failure, ...changes });

describe('An incident', () => {
  const store = temporaryStore();
  let now: number;
  beforeEach(() => (now = Date.parse('2026-03-01T10:00:00.000Z')));

  const watch = (kinds: Incident['kind'][] = ['warning', 'failure', 'absence'], channels = ['email']) =>
    new Watch({
      store: store(),
      clock: { now: () => now, sleep: async () => undefined },
      kinds,
      channels,
      redact: (text) => text.replaceAll('hunter22', '••••'),
    });

  /** What would be sent since the last look. */
  async function told(): Promise<Notification[]> {
    const taken = await store().incidents.take(now, () => Number.MAX_SAFE_INTEGER);
    for (const { id } of taken) await store().incidents.delivered(id);
    return taken.map(({ message }) => message as unknown as Notification);
  }
  const subjects = async (): Promise<string[]> => (await told()).map(({ subject }) => subject);

  async function hold(count: number): Promise<void> {
    await keep(store(), count);
  }

  it('is told once, however many runs it lasts, and once when it is over', async () => {
    for (let i = 0; i < 3; i++) await watch().afterRun(broken());
    expect(await subjects()).to.deep.equal(['contracts failed (ODATA_UNREACHABLE)']);
    for (let i = 0; i < 2; i++) await watch().afterRun(runOf());
    expect(await subjects()).to.deep.equal(['contracts: runs again']);
  });

  it('says what it is, since when, which run, and what to do, and no secret', async () => {
    const run = broken();
    await watch().afterRun(run);
    const [message] = await told();
    expect(message).to.include({ event: 'opened', kind: 'failure', integration: 'contracts', run: run.id });
    expect(message).to.include({ since: '2026-03-01T10:00:00.000Z', at: '2026-03-01T10:00:00.000Z' });
    expect(message?.text).to.equal(
      [
        `Run ${run.id} of 2026-03-01 09:00 UTC has failed.`,
        'ODATA_UNREACHABLE: Nothing answers. The key is ••••.',
        'Remedy: Look at the firewall.',
        `See: isthmus history ${run.id}`,
      ].join('\n'),
    );
  });

  it('goes to every channel', async () => {
    await watch(undefined, ['email', 'webhook 1', 'webhook 2']).afterRun(broken());
    expect(await told()).to.have.length(3);
  });

  it('is nothing where nothing is wrong, or nothing was to be told', async () => {
    await watch().afterRun(runOf());
    await watch(['warning']).afterRun(broken());
    expect(await subjects()).to.deep.equal([]);
  });

  it('is no stop by a person, of the service, or for another process', async () => {
    await watch().afterRun(broken());
    await told();
    for (const code of ['RUN_CANCELLED', 'SERVICE_STOPPED', 'INTEGRATION_BUSY']) {
      await watch().afterRun(broken({ error: { ...failure, code } }));
    }
    expect(await subjects()).to.deep.equal([]);
    expect(await store().incidents.list()).to.have.length(1);
  });

  it('are records held back, until none is', async () => {
    await hold(2);
    for (let i = 0; i < 2; i++) await watch().afterRun(runOf({ status: 'warning' }));
    expect(await subjects()).to.deep.equal(['contracts: 2 records held back (2 quarantined, 0 waiting)']);
    await release(store(), 2);
    await watch().afterRun(runOf());
    expect(await subjects()).to.deep.equal(['contracts: nothing is held back any more']);
  });

  it('that becomes a lesser one takes one message, not two', async () => {
    await watch().afterRun(broken());
    await told();
    await hold(1);
    await watch().afterRun(runOf({ status: 'warning' }));
    expect(await subjects()).to.deep.equal([
      'contracts: runs again, but 1 record held back (1 quarantined, 0 waiting)',
    ]);
    await release(store(), 1);
    await watch().afterRun(runOf());
    expect(await subjects()).to.deep.equal(['contracts: nothing is held back any more']);
  });

  it('of one of several integrations is not blamed on the others', async () => {
    const error = { ...failure, place: { integration: 'actuals' } };
    const tasks = [task(), task({ integration: 'actuals' })];
    const run = broken({ integrations: ['contracts', 'actuals', 'estimates'], error, tasks });
    await watch().afterRun(run);
    expect((await store().incidents.list()).map(({ integration }) => integration)).to.deep.equal(['actuals']);
  });

  describe('of absence', () => {
    const expected = { records: 1, within: '26h' };
    const delivered = async (id: string, hoursAgo: number, created: number) => {
      await store().runs.begin({
        id,
        integrations: ['contracts'],
        startedAt: new Date(now - hoursAgo * HOUR).toISOString(),
      });
      await store().runs.saveTask(id, task({ read: 9, unchanged: 9, created }));
    };

    it('is nothing where something always comes, told once, and over when it comes', async () => {
      await delivered('yesterday', 30, 5);
      await delivered('today', 3, 0);
      for (let i = 0; i < 2; i++) await watch().afterTime('contracts', expected, now);
      expect(await subjects()).to.deep.equal(['contracts: nothing has come within 26h']);
      await delivered('now', 0, 1);
      for (let i = 0; i < 2; i++) await watch().afterTime('contracts', expected, now);
      expect(await subjects()).to.deep.equal(['contracts: records are coming again']);
    });

    it('is not said of what has not been watched for so long', async () => {
      await delivered('first', 3, 0);
      await watch().afterTime('contracts', expected, now - 3 * HOUR);
      expect(await subjects()).to.deep.equal([]);
    });

    it('is also said of what has never run since the service is up', async () => {
      await watch().afterTime('contracts', expected, now - 27 * HOUR);
      expect(await subjects()).to.have.length(1);
    });

    it('is too little where more is expected', async () => {
      await delivered('yesterday', 30, 5);
      await delivered('today', 3, 2);
      await watch().afterTime('contracts', { records: 3, within: '26h' }, now);
      expect(await subjects()).to.deep.equal(['contracts: only 2 records came within 26h']);
    });
  });
});

const scope = { integration: 'contracts', task: 'projects', runId: 'run', crossReferences: [], forgotten: [] };
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `id-${index}`);

const keep = (store: StateStore, count: number): Promise<void> =>
  store.settle({
    ...scope,
    released: [],
    held: ids(count).map((sourceId) => ({
      state: 'quarantined',
      sourceId,
      key: sourceId,
      legalEntity: 'USMF',
      source: {},
      errors: [],
      code: 'RECORD_TOO_LONG',
      again: false,
      since: '2026-03-01T09:00:00.000Z',
    })),
  });

const release = (store: StateStore, count: number): Promise<void> =>
  store.settle({ ...scope, held: [], released: ids(count) });
