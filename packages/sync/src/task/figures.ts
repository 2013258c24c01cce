import { isBalanced, outcomesOf, type TaskRecord } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { TaskContext } from './context.js';
import type { StartingPoint } from './starting-point.js';

/**
 * Does the work of a task between its first and its last word to the history, the hooks and whoever listens.
 *
 * @throws what `work` throws, and TASK_UNBALANCED where not everything that was read has an outcome
 */
export async function withFigures(
  context: TaskContext,
  { mode, reason }: Pick<StartingPoint, 'mode' | 'reason'>,
  work: () => Promise<void>,
): Promise<TaskRecord> {
  const { store, scope, runId, events, lifecycle, tally, execution } = context;
  const { templateId: template } = context.integration;
  const { dryRun } = execution;
  const started = performance.now();
  const figures = (): TaskRecord => ({
    ...scope,
    template,
    durationMs: Math.round(performance.now() - started),
    ...tally.counts(),
  });
  await lifecycle.call('beforeTask', { ...scope, runId, template, dryRun });
  events.emit('task.started', { ...scope, runId, template, mode, ...(reason === undefined ? {} : { reason }) });
  try {
    await work();
    const counts = tally.counts();
    if (!isBalanced(counts)) {
      throw syncErrors.TASK_UNBALANCED({ read: counts.read, accounted: outcomesOf(counts) }, { place: scope });
    }
  } finally {
    await store.runs.saveTask(runId, figures());
  }
  const finished = figures();
  await lifecycle.call('afterTask', { runId, task: finished, dryRun });
  events.emit('task.finished', { ...finished, runId });
  return finished;
}
