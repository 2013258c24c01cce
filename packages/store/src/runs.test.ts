import type { TaskRecord } from '@isthmus/core';
import { expect } from 'chai';
import { PROJECTS } from './fixtures/samples.js';
import { failureOf, temporaryStore } from './fixtures/temporary.js';

const task = (changes: Partial<TaskRecord> = {}): TaskRecord => ({
  ...PROJECTS,
  template: 'projects and contracts',
  durationMs: 12.5,
  read: 10,
  created: 4,
  updated: 3,
  unchanged: 2,
  filtered: 0,
  deferred: 0,
  quarantined: 1,
  deleted: 0,
  ...changes,
});

describe('run history', () => {
  const store = temporaryStore();
  const begin = (id: string, startedAt = '2026-03-01T09:00:00.000Z') =>
    store().runs.begin({ id, integrations: ['contracts', 'tasks'], startedAt });

  it('shows a run from its beginning', async () => {
    await begin('run-1');
    expect(await store().runs.get('run-1')).to.deep.equal({
      id: 'run-1',
      integrations: ['contracts', 'tasks'],
      status: 'running',
      startedAt: '2026-03-01T09:00:00.000Z',
      tasks: [],
    });
  });

  it('shows the figures of its tasks in the order in which they came, the latest of each', async () => {
    await begin('run-1');
    await store().runs.saveTask('run-1', task({ task: 'project contracts' }));
    await store().runs.saveTask('run-1', task({ read: 5 }));
    await store().runs.saveTask('run-1', task({ task: 'project contracts', read: 11 }));
    const run = await store().runs.get('run-1');
    expect(run?.tasks).to.deep.equal([task({ task: 'project contracts', read: 11 }), task({ read: 5 })]);
  });

  it('shows how a run ended, and why it failed', async () => {
    await begin('run-1');
    await begin('run-2');
    const finishedAt = '2026-03-01T09:05:00.000Z';
    await store().runs.finish('run-1', { status: 'succeeded', finishedAt, balanced: true });
    const error = { code: 'RUN_UNBALANCED', details: { read: 3, missing: null } };
    await store().runs.finish('run-2', { status: 'failed', finishedAt, balanced: false, error });
    const succeeded = await store().runs.get('run-1');
    expect(succeeded).to.include({ status: 'succeeded', finishedAt, balanced: true }).and.not.have.property('error');
    expect(await store().runs.get('run-2')).to.deep.include({ status: 'failed', balanced: false, error });
  });

  it('lists the newest runs first, as many as asked for, also where the clock was put back', async () => {
    await begin('oldest', '2026-03-01T00:00:00.000Z');
    await begin('middle', '2026-03-03T00:00:00.000Z');
    await begin('newest', '2026-03-02T00:00:00.000Z');
    await store().runs.saveTask('newest', task());
    const runs = await store().runs.list(2);
    expect(runs.map((run) => run.id)).to.deep.equal(['newest', 'middle']);
    expect(runs[0]?.tasks).to.deep.equal([task()]);
  });

  it('finds the newest run of an integration', async () => {
    await store().runs.begin({ id: 'other', integrations: ['actuals'], startedAt: '2026-03-09T00:00:00.000Z' });
    await begin('older', '2026-03-01T00:00:00.000Z');
    await begin('newer', '2026-03-02T00:00:00.000Z');
    expect((await store().runs.last('tasks'))?.id).to.equal('newer');
    expect(await store().runs.last('never')).to.equal(undefined);
  });

  it('adds up what was delivered since a moment, and says since when it knows', async () => {
    for (const day of ['01', '02', '03']) {
      await begin(`run-${day}`, `2026-03-${day}T00:00:00.000Z`);
      await store().runs.saveTask(`run-${day}`, task({ deleted: 1 }));
      await store().runs.saveTask(`run-${day}`, task({ integration: 'actuals' }));
    }
    expect(await store().runs.delivered('contracts', '2026-03-02T00:00:00.000Z')).to.deep.equal({
      records: 16,
      watchedSince: '2026-03-01T00:00:00.000Z',
    });
    expect(await store().runs.delivered('never', '2026-03-02T00:00:00.000Z')).to.deep.equal({ records: 0 });
  });

  it('forgets old runs with their tasks, but never the last of an integration, nor one under way', async () => {
    const end = { status: 'succeeded', finishedAt: '2026-03-01T09:05:00.000Z', balanced: true } as const;
    await store().runs.begin({ id: 'only', integrations: ['actuals'], startedAt: '2026-01-01T00:00:00.000Z' });
    await store().runs.finish('only', end);
    await begin('under way', '2026-01-02T00:00:00.000Z');
    for (const id of ['old', 'new']) {
      await begin(id, `2026-0${id === 'old' ? 1 : 3}-03T00:00:00.000Z`);
      await store().runs.saveTask(id, task());
      await store().runs.finish(id, end);
    }
    expect(await store().runs.purge('2026-02-01T00:00:00.000Z')).to.equal(1);
    expect((await store().runs.list(9)).map(({ id }) => id)).to.deep.equal(['new', 'under way', 'only']);
    expect(await store().runs.purge('2026-02-01T00:00:00.000Z')).to.equal(0);
  });

  it('says so where a run is not known', async () => {
    expect(await store().runs.get('run-9')).to.equal(undefined);
    const end = { status: 'failed', finishedAt: '2026-03-01T09:05:00.000Z', balanced: false } as const;
    for (const write of [store().runs.saveTask('run-9', task()), store().runs.finish('run-9', end)]) {
      const error = await failureOf(write);
      expect(error.code).to.equal('STORE_RUN_UNKNOWN');
      expect(error.message).to.include('run-9');
    }
  });
});
