import { isBalanced, outcomesOf, type Checkpoint, type TaskRecord } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import { fingerprintOf } from '../integration/index.js';
import type { TaskContext } from './context.js';
import { joinTokens } from './part-tokens.js';
import { BATCH, Pipeline } from './pipeline.js';
import { takeSelected } from './selected.js';
import { isSingled } from './selection.js';
import { isPartOf } from './source-id.js';
import { reread, takeReferring, takeReleased, takeSource, takeUnanswered } from './sources.js';
import { startingPoint, type StartingPoint, type TaskOptions } from './starting-point.js';
import { waitForStragglers } from './stragglers.js';

export interface TaskResult {
  readonly record: TaskRecord;
  /** To be saved when the tasks that refer to this one's rows have run as well; none where only a part was read. */
  readonly checkpoint: Checkpoint | undefined;
}

/** One task from reading to checkpoint. Throws where not everything that was read has an outcome. */
export async function runTask(context: TaskContext, options: TaskOptions): Promise<TaskResult> {
  const { store, scope, runId, events, lifecycle, integration, mapping, tally, source, destination } = context;
  const { dryRun } = context.execution;
  const started = performance.now();
  const fingerprint = fingerprintOf(integration, mapping.entity, [source, destination]);
  const last = await store.checkpoints.get(scope);
  const parts = partsOf(context).map((part) => ({ part, start: startingPoint(last, fingerprint, part, options) }));
  const { mode, reason } = parts.find(({ start }) => start.mode === 'full')?.start ?? { mode: 'changes' };
  const { templateId: template } = integration;
  await lifecycle.call('beforeTask', { ...scope, runId, template, dryRun });
  events.emit('task.started', { ...scope, runId, template, mode, ...(reason === undefined ? {} : { reason }) });

  const { selection } = options;
  const record = (): TaskRecord => ({
    ...scope,
    template,
    durationMs: Math.round(performance.now() - started),
    ...tally.counts(),
  });
  const tokens = new Map<string, string>();
  let token: string | undefined;
  try {
    await waitForStragglers(context);
    for (const { part, start } of parts) {
      token = await runPart(part, start, options);
      if (part.legalEntity !== undefined && token !== undefined) tokens.set(part.legalEntity, token);
    }
    if (!selection) await answerFor(context);
    const counts = tally.counts();
    if (!isBalanced(counts)) {
      throw syncErrors.TASK_UNBALANCED({ read: counts.read, accounted: outcomesOf(counts) }, { place: scope });
    }
  } finally {
    await store.runs.saveTask(runId, record());
  }
  const finished = record();
  await lifecycle.call('afterTask', { runId, task: finished, dryRun });
  events.emit('task.finished', { ...finished, runId });
  if (selection) return { record: finished, checkpoint: undefined };
  const next = context.legalEntities.length > 0 ? joinTokens(tokens) : token;
  const at = new Date().toISOString();
  return { record: finished, checkpoint: { fingerprint, at, ...(next === undefined ? {} : { token: next }) } };
}

/** The task once for each legal entity, where it takes them one after the other. */
const partsOf = (context: TaskContext): TaskContext[] =>
  context.legalEntities.length === 0
    ? [context]
    : context.legalEntities.map((legalEntity) => {
        const unanswered = context.unanswered.map((batch) => ({
          ...batch,
          sourceIds: batch.sourceIds.filter((sourceId) => isPartOf({ legalEntity }, sourceId)),
        }));
        return { ...context, legalEntity, unanswered };
      });

/** @returns the token for the next time, where the source gives one */
async function runPart(
  context: TaskContext,
  { mode, trustHashes, token }: StartingPoint,
  { selection, retry }: TaskOptions,
): Promise<string | undefined> {
  const pipeline = new Pipeline(context, trustHashes, await batchOf(context, token));
  const singled = selection && isSingled(selection) ? selection : undefined;
  try {
    let next: string | undefined;
    if (singled) await takeSelected(context, pipeline, singled);
    else next = await takeSource(context, pipeline, token);
    if (mode === 'changes' && !singled) {
      await takeUnanswered(context, pipeline);
      await takeReferring(context, pipeline);
      await reread(context, pipeline, retry);
    }
    await takeReleased(context, pipeline);
    return next;
  } finally {
    await pipeline.finishUnderway();
  }
}

/** The rows of unanswered batches have been looked at. */
async function answerFor({ store, scope, runId, unanswered }: TaskContext): Promise<void> {
  if (unanswered.length === 0) return;
  const answers = unanswered.map(({ id }) => id);
  await store.settle({ ...scope, runId, crossReferences: [], forgotten: [], held: [], released: [], answers });
}

/** A system may want to be brought more at once where much is to come. */
async function batchOf({ source, destination, mapping: { entity } }: TaskContext, token?: string): Promise<number> {
  if (token !== undefined || !destination.batchFor) return BATCH;
  return destination.batchFor(entity.destination, await source.count(entity.source)) ?? BATCH;
}
