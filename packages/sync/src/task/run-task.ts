import { isBalanced, outcomesOf, type Checkpoint, type TaskRecord } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import { fingerprintOf } from '../integration/index.js';
import type { TaskContext } from './context.js';
import { Pipeline } from './pipeline.js';
import { reread, takeReleased, takeSource } from './sources.js';

export interface TaskOptions {
  /** Read every row, also where the source could say what has changed. */
  readonly full: boolean;
  /** Read the quarantined records again. */
  readonly retry: boolean;
}

/** One task from reading to checkpoint. The checkpoint moves only when everything read has an outcome. */
export async function runTask(context: TaskContext, options: TaskOptions): Promise<TaskRecord> {
  const { store, scope, runId, events, lifecycle, integration, mapping, tally } = context;
  const started = performance.now();
  const fingerprint = fingerprintOf(integration, mapping.entity);
  const start = startingPoint(await store.checkpoints.get(scope), fingerprint, options);
  await lifecycle.call('beforeTask', { ...scope, runId, template: integration.templateId });
  events.emit('task.started', { ...scope, runId, template: integration.templateId, ...start });

  const pipeline = new Pipeline(context);
  const record = (): TaskRecord => ({
    ...scope,
    template: integration.templateId,
    durationMs: Math.round(performance.now() - started),
    ...tally.counts(),
  });
  try {
    const token = await takeSource(context, pipeline, start.token);
    if (options.retry && start.mode === 'changes') await reread(context, pipeline);
    await takeReleased(context, pipeline);
    const counts = tally.counts();
    if (!isBalanced(counts)) {
      throw syncErrors.TASK_UNBALANCED({ read: counts.read, accounted: outcomesOf(counts) }, { place: scope });
    }
    const at = new Date().toISOString();
    await store.checkpoints.save(scope, { fingerprint, at, ...(token === undefined ? {} : { token }) });
  } finally {
    await pipeline.finishUnderway();
    await store.runs.saveTask(runId, record());
  }
  const finished = record();
  await lifecycle.call('afterTask', { runId, task: finished });
  events.emit('task.finished', { ...finished, runId });
  return finished;
}

interface StartingPoint {
  readonly mode: 'full' | 'changes';
  readonly token?: string;
  /** Why everything is read although there is a checkpoint. */
  readonly reason?: string;
}

function startingPoint(last: Checkpoint | undefined, fingerprint: string, { full }: TaskOptions): StartingPoint {
  if (!last?.token) return { mode: 'full' };
  if (full) return { mode: 'full', reason: 'a full read was asked for' };
  if (last.fingerprint !== fingerprint)
    return { mode: 'full', reason: 'mapping, parameters or organisations have changed' };
  return { mode: 'changes', token: last.token };
}
