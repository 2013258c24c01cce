import type { CrossReference, EntityMap, Settlement } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { TaskContext } from './context.js';
import { idIn } from './source-id.js';

/** What is done about rows of the destination whose source row is gone; undefined where they are left alone. */
export function removalOf({ onDelete }: EntityMap): { deactivate?: EntityDeactivation } | undefined {
  if (onDelete === undefined || onDelete === 'ignore') return undefined;
  return onDelete === 'delete' ? {} : onDelete;
}

type EntityDeactivation = Extract<NonNullable<EntityMap['onDelete']>, object>['deactivate'];

/**
 * Rows that are gone from the source. Their numbers are free for other rows at once. What was delivered of them is written
 * down if something is to be done about it, and done when all tasks have run: children before parents. The rest is no
 * longer waited for.
 */
export async function takeDeleted(context: TaskContext, deleted: readonly string[]): Promise<void> {
  if (deleted.length === 0) return;
  const { store, scope, runId, mapping } = context;
  const removal = removalOf(mapping.entity);
  if (!removal) return forget(context, deleted);
  // A run that was killed comes across the same deletions again.
  const noted = new Set<string>();
  for await (const page of store.held.outlines({ ...scope, sourceIds: deleted, gone: true })) {
    for (const { sourceId } of page) noted.add(sourceId);
  }
  const others = deleted.filter((sourceId) => !noted.has(sourceId));
  const delivered = await store.crossReferences.bySource(scope, others);
  const error = syncErrors.RECORD_GONE({ mode: removal.deactivate ? 'deactivated' : 'deleted' }, { place: scope });
  const held = [...delivered.values()].map((reference) => noteOf(context, reference, error));
  if (held.length > 0) {
    await store.settle({ ...scope, runId, crossReferences: [], held, released: [], forgotten: [...delivered.keys()] });
    await context.sight?.forget([...delivered.keys()]);
  }
  await forget(
    context,
    others.filter((sourceId) => !delivered.has(sourceId)),
  );
}

function noteOf(
  context: TaskContext,
  { sourceId, legalEntity, keyValues }: CrossReference,
  error: ReturnType<typeof syncErrors.RECORD_GONE>,
): Settlement['held'][number] {
  const { mapping } = context;
  return {
    state: 'deferred',
    gone: true,
    sourceId,
    key: keyValues.join('/'),
    legalEntity,
    source: { [mapping.entity.sourceId]: idIn(context, sourceId) },
    mapped: Object.fromEntries(mapping.key.map((field, i) => [field, keyValues[i] ?? null])),
    errors: [error.toJSON()],
    code: error.code,
    again: false,
    since: new Date(context.clock.now()).toISOString(),
  };
}

/** Nothing is known of the rows any more, and the destination keeps what it has. */
export async function forget(context: TaskContext, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  const { store, scope, runId, tally, execution } = context;
  tally.took(sourceIds.length);
  const settlement = { ...scope, runId, crossReferences: [], held: [], released: sourceIds, forgotten: sourceIds };
  await context.sight?.forget(sourceIds);
  await store.settle(settlement);
  tally.settled('filtered', sourceIds.length);
  await execution.settled(context, [], settlement);
}
