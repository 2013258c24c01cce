import type { HeldRecord } from '@isthmus/core';
import type { PlanEntry } from '../plan/index.js';
import { goneRecord, remove, removalsOf, type TaskContext, type TaskRecord } from '../task/index.js';
import { rowsOf } from './apply-portion.js';
import { removalDrift } from './drift.js';

type Removal = PlanEntry & { action: 'delete' | 'deactivate' };

export const isRemoval = (entry: PlanEntry | undefined): entry is Removal =>
  entry?.action === 'delete' || entry?.action === 'deactivate';

/**
 * Deletes and deactivates what the plan says. A plan has been looked at: how many rows they are is not asked again.
 *
 * @throws PLAN_DRIFTED, after everything before that row has been done
 */
export async function applyRemovals(context: TaskContext, entries: readonly PlanEntry[]): Promise<void> {
  const removals = entries.filter(isRemoval);
  const there = await rowsOf(context, removals);
  const known = await knownOf(
    context,
    removals.map(({ sourceId }) => sourceId),
  );
  const decisions = await removalsOf(context, [...known.values()]);
  const byRecord = new Map(decisions.map((decision) => [decision.record, decision]));
  const fitting: TaskRecord[] = [];
  let drift;
  for (const entry of removals) {
    const record = known.get(entry.sourceId);
    drift = removalDrift(context, entry, there.has(entry.sourceId), record && byRecord.get(record));
    if (drift) break;
    // Where nothing is known of it any more, applying has been here before.
    if (record) fitting.push(record);
  }
  const due = decisions.filter(({ record }) => fitting.includes(record));
  await remove(context, fitting, due);
  if (drift) throw drift;
}

/** What was delivered of the rows, or was noted as gone by a run. */
async function knownOf(context: TaskContext, sourceIds: readonly string[]): Promise<Map<string, TaskRecord>> {
  const { store, scope, mapping } = context;
  const known = new Map<string, TaskRecord>();
  const add = (row: Pick<HeldRecord, 'sourceId' | 'legalEntity' | 'source' | 'mapped'>): void =>
    void known.set(row.sourceId, goneRecord(context, row));
  for await (const page of store.held.list({ ...scope, sourceIds, gone: true })) page.forEach(add);
  for (const { sourceId, legalEntity, keyValues } of (
    await store.crossReferences.bySource(scope, sourceIds)
  ).values()) {
    const mapped = Object.fromEntries(mapping.key.map((field, i) => [field, keyValues[i] ?? null]));
    add({ sourceId, legalEntity, mapped, source: {} });
  }
  return known;
}
