import type { Checkpoint, TaskRecord } from '@isthmus/core';
import { fingerprintOf } from '../integration/index.js';
import type { TaskContext } from './context.js';
import { withFigures } from './figures.js';
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
  const { store, scope, integration, mapping, source, destination } = context;
  const { selection } = options;
  const fingerprint = fingerprintOf(integration, mapping.entity, [source, destination]);
  const last = await store.checkpoints.get(scope);
  const parts = partsOf(context).map((part) => ({ part, start: startingPoint(last, fingerprint, part, options) }));
  const start = parts.find(({ start: { mode } }) => mode === 'full')?.start ?? { mode: 'changes' };
  const tokens = new Map<string, string>();
  let token: string | undefined;
  const record = await withFigures(context, start, async () => {
    await waitForStragglers(context);
    for (const { part, start: from } of parts) {
      token = await runPart(part, from, options);
      if (part.legalEntity !== undefined && token !== undefined) tokens.set(part.legalEntity, token);
    }
    if (!selection) await answerFor(context);
  });
  if (selection) return { record, checkpoint: undefined };
  const next = context.legalEntities.length > 0 ? joinTokens(tokens) : token;
  const at = new Date().toISOString();
  return { record, checkpoint: { fingerprint, at, ...(next === undefined ? {} : { token: next }) } };
}

/** The task once for each legal entity, where it takes them one after the other. */
export const partsOf = (context: TaskContext): TaskContext[] =>
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
