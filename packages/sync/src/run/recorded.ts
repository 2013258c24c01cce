import {
  isBalanced,
  isIsthmusError,
  type PluginHost,
  type RunRecord,
  type RunStatus,
  type StateStore,
} from '@isthmus/core';
import type { Opinion } from './engine.js';

export interface RecordedRun {
  readonly runId: string;
  readonly host: PluginHost;
  readonly store: StateStore;
  /** Names. */
  readonly integrations: readonly string[];
  /** Whatever else the audit trail should say of it. */
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Does the work of a run between its first and its last entry in the history. What stops it is in the run's `error`;
 * thrown is only what should not happen.
 */
export async function recorded(
  { runId, host, store, integrations, details }: RecordedRun,
  work: () => Promise<Opinion>,
): Promise<RunRecord> {
  const subject = `run ${runId}`;
  const startedAt = new Date().toISOString();
  const container = host.container.child();
  await store.audit.append({ action: 'run.started', subject, details: { integrations, ...details } });
  await store.runs.begin({ id: runId, integrations, startedAt });
  host.events.emit('run.started', { runId, integrations });
  let failure: unknown;
  let opinion: Opinion = 'succeeded';
  try {
    await host.lifecycle.call('beforeRun', { runId, integrations, container, dryRun: false });
    opinion = await host.events.within({ runId }, work);
  } catch (thrown) {
    failure = thrown;
  }
  const record = await finish({ runId, integrations, startedAt }, store, { failure, opinion });
  await store.audit.append({ action: 'run.finished', subject, details: { status: record.status } });
  await host.lifecycle.call('afterRun', { run: record, dryRun: false });
  await container.dispose();
  const { status, balanced = false, tasks, error } = record;
  host.events.emit('run.finished', {
    runId,
    status,
    balanced,
    tasks,
    ...(error === undefined ? {} : { error }),
  });
  if (failure !== undefined && !isIsthmusError(failure)) throw failure;
  return record;
}

type Begun = Pick<RunRecord, 'integrations' | 'startedAt'> & { readonly runId: string };

async function finish(
  { runId, integrations, startedAt }: Begun,
  store: StateStore,
  { failure, opinion }: { readonly failure: unknown; readonly opinion: Opinion },
) {
  // In the store also where a task failed half-way.
  const { tasks } = (await store.runs.get(runId)) ?? { tasks: [] };
  const balanced = tasks.every(isBalanced);
  const failed = failure !== undefined || !balanced;
  const status = failed ? 'failed' : await statusOf(store, integrations, opinion);
  const error = failure === undefined ? undefined : isIsthmusError(failure) ? failure.toJSON() : String(failure);
  const end = { status, balanced, finishedAt: new Date().toISOString(), ...(error === undefined ? {} : { error }) };
  await store.runs.finish(runId, end);
  return { id: runId, integrations, startedAt, tasks, ...end };
}

/** Records still kept back make a warning, whether or not this run came across them: "completed" must mean delivered. */
async function statusOf({ held }: StateStore, integrations: readonly string[], opinion: Opinion): Promise<RunStatus> {
  for (const integration of integrations) {
    if (await held.has({ integration })) return 'warning';
  }
  return opinion;
}
