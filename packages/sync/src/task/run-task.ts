import { isBalanced, outcomesOf, type Checkpoint, type TaskRecord } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import { fingerprintOf } from '../integration/index.js';
import type { TaskContext } from './context.js';
import { Pipeline } from './pipeline.js';
import { takeSelected } from './selected.js';
import { isSingled } from './selection.js';
import { reread, takeReferring, takeReleased, takeSource, takeUnanswered } from './sources.js';
import { startingPoint, type TaskOptions } from './starting-point.js';
import { waitForStragglers } from './stragglers.js';

export interface TaskResult {
  readonly record: TaskRecord;
  /** To be saved when the tasks that refer to this one's rows have run as well; none where only a part was read. */
  readonly checkpoint: Checkpoint | undefined;
}

/** The rows of unanswered batches have been looked at. */
async function answerFor({ store, scope, runId, unanswered }: TaskContext): Promise<void> {
  if (unanswered.length === 0) return;
  const answers = unanswered.map(({ id }) => id);
  await store.settle({ ...scope, runId, crossReferences: [], forgotten: [], held: [], released: [], answers });
}

/** One task from reading to checkpoint. Throws where not everything that was read has an outcome. */
export async function runTask(context: TaskContext, options: TaskOptions): Promise<TaskResult> {
  const { store, scope, runId, events, lifecycle, integration, mapping, tally, source, destination } = context;
  const { dryRun } = context.execution;
  const started = performance.now();
  const fingerprint = fingerprintOf(integration, mapping.entity, [source, destination]);
  const start = startingPoint(await store.checkpoints.get(scope), fingerprint, context, options);
  await lifecycle.call('beforeTask', { ...scope, runId, template: integration.templateId, dryRun });
  const { mode, trustHashes, token, reason } = start;
  events.emit('task.started', {
    ...scope,
    runId,
    template: integration.templateId,
    mode,
    ...(reason === undefined ? {} : { reason }),
  });

  const { selection } = options;
  const singled = selection && isSingled(selection) ? selection : undefined;
  const pipeline = new Pipeline(context, trustHashes);
  const record = (): TaskRecord => ({
    ...scope,
    template: integration.templateId,
    durationMs: Math.round(performance.now() - started),
    ...tally.counts(),
  });
  let next: string | undefined;
  try {
    await waitForStragglers(context);
    if (singled) await takeSelected(context, pipeline, singled);
    else next = await takeSource(context, pipeline, token);
    if (mode === 'changes' && !singled) {
      await takeUnanswered(context, pipeline);
      await takeReferring(context, pipeline);
      await reread(context, pipeline, options.retry);
    }
    await takeReleased(context, pipeline);
    if (!selection) await answerFor(context);
    const counts = tally.counts();
    if (!isBalanced(counts)) {
      throw syncErrors.TASK_UNBALANCED({ read: counts.read, accounted: outcomesOf(counts) }, { place: scope });
    }
  } finally {
    await pipeline.finishUnderway();
    await store.runs.saveTask(runId, record());
  }
  const finished = record();
  await lifecycle.call('afterTask', { runId, task: finished, dryRun });
  events.emit('task.finished', { ...finished, runId });
  if (selection) return { record: finished, checkpoint: undefined };
  const at = new Date().toISOString();
  return { record: finished, checkpoint: { fingerprint, at, ...(next === undefined ? {} : { token: next }) } };
}
