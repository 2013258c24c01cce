import { syncErrors } from '../errors.js';
import type { TaskContext } from './context.js';
import { forget, removalOf } from './gone.js';
import { goneFilter, goneIn, goneRecord } from './gone-records.js';
import { rowsWithIds } from './rows-where.js';
import { sourceIdOf } from './source-id.js';

/** Unless told otherwise, so many rows may go, or this share of those delivered, whichever is more. */
const FEW = 10;
const SMALL_SHARE = '5%';

/**
 * What was noted as gone, asked for once more: rows that are there after all (left out by a filter, or back), and rows
 * whose place another source row has taken, are only forgotten.
 */
export async function confirmGone(context: TaskContext): Promise<void> {
  const { store, scope, mapping } = context;
  const removes = removalOf(mapping.entity) !== undefined;
  for await (const page of goneIn(context)) {
    const kept = new Set<string>();
    const ids = page.map(({ sourceId }) => sourceId);
    for await (const rows of rowsWithIds(context, removes ? ids : [])) {
      for (const row of rows) kept.add(sourceIdOf(context, mapping.sourceId(row)));
    }
    for (const record of page) {
      const { legalEntity, key, sourceId } = goneRecord(context, record);
      const owners = await store.crossReferences.byDestination(scope, legalEntity, [key]);
      if (!removes || owners.has(key)) kept.add(sourceId);
    }
    await forget(context, [...kept]);
  }
}

/**
 * Stops before anything is deleted where that would be too much. A plan says so, and goes on.
 *
 * @throws TASK_DELETES_TOO_MUCH
 */
export async function requireFewDeletes(context: TaskContext): Promise<void> {
  const { integration, store, scope, execution, events } = context;
  // What was refused before has been judged before.
  const rows = await store.held.count({ ...goneFilter(context), state: 'deferred' });
  const known = (await store.crossReferences.count(scope)) + rows;
  const limit = integration.maxDeletes(scope.task);
  if (rows <= allowed(limit, known)) return;
  const error = syncErrors.TASK_DELETES_TOO_MUCH(
    { rows, known, limit: limit === undefined ? `${SMALL_SHARE}, and ${FEW} at least` : String(limit) },
    { place: scope },
  );
  if (!execution.dryRun) throw error;
  events.emit('notice', { ...scope, message: `A run would stop here: ${error.message}` });
}

function allowed(limit: number | string | undefined, known: number): number {
  if (typeof limit === 'number') return limit;
  const share = (known * Number.parseFloat(limit ?? SMALL_SHARE)) / 100;
  return limit === undefined ? Math.max(FEW, share) : share;
}
