import { randomBytes } from 'node:crypto';
import type {
  Agreement,
  Agreements,
  Configuration,
  CrossReference,
  HeldFilter,
  HeldOutline,
  PluginHost,
  StateStore,
  TaskScope,
} from '@isthmus/core';
import { syncErrors } from '../errors.js';
import { fenced, withLeases } from '../run/index.js';
import { conflictsAmong, sidesOf, type Conflict } from '../task/index.js';
import { byTask, taskOf } from './tasks.js';

/** Records that wait for a person to say which side's value holds. */
export const CONFLICTS = { code: 'RECORD_CONFLICT' } as const satisfies HeldFilter;

/** What a person has decided. */
export interface Resolution {
  /** The side whose values hold, as the template calls it. */
  readonly keep: string;
  /** This field only; all that are in conflict unless given. */
  readonly field?: string | undefined;
  readonly reason: string;
}

type Sides = ReturnType<typeof sidesOf>;

/**
 * Settles conflicts by remembering what the other side has as known, so that it is no change any more. The next run writes
 * what is left to write. A side that has changed again since the conflict was found makes a new one.
 *
 * @returns how many fields
 */
export async function resolveConflicts(
  configuration: Configuration,
  host: PluginHost,
  store: StateStore,
  filter: HeldFilter,
  resolution: Resolution,
): Promise<number> {
  const open = { ...filter, ...CONFLICTS };
  const tasks = (await tasksWith(store, open)).map((scope) => {
    return { scope, sides: sidesIn(configuration, host, scope, resolution) };
  });
  const integrations = [...new Set(tasks.map(({ scope }) => scope.integration))];
  let resolved = 0;
  await withLeases(store, integrations, `conflicts-${randomBytes(4).toString('hex')}`, async (leases) => {
    const own = fenced(store, leases);
    for (const { scope, sides } of tasks) {
      for await (const page of store.held.outlines({ ...open, ...scope })) {
        resolved += await settle(own, scope, sides, page, resolution);
      }
    }
  });
  return resolved;
}

async function tasksWith({ held }: StateStore, filter: HeldFilter): Promise<TaskScope[]> {
  const scopes: TaskScope[] = [];
  for await (const page of held.outlines(filter)) scopes.push(...byTask(page).map(([scope]) => scope));
  return byTask(scopes).map(([scope]) => scope);
}

/** @throws CONFLICT_SIDE_UNKNOWN */
function sidesIn(configuration: Configuration, host: PluginHost, scope: TaskScope, { keep }: Resolution): Sides {
  const sides = sidesOf(taskOf(configuration, host, scope).task);
  const known = Object.values(sides);
  if (!known.includes(keep)) {
    throw syncErrors.CONFLICT_SIDE_UNKNOWN({ side: keep, known: known.join(' and ') }, { place: scope });
  }
  return sides;
}

async function settle(
  store: StateStore,
  scope: TaskScope,
  sides: Sides,
  records: readonly HeldOutline[],
  { keep, field, reason }: Resolution,
): Promise<number> {
  const known = await store.crossReferences.bySource(
    scope,
    records.map(({ sourceId }) => sourceId),
  );
  const crossReferences: CrossReference[] = [];
  let resolved = 0;
  for (const record of records) {
    const reference = known.get(record.sourceId);
    const conflicts = conflictsAmong(record.errors).filter(
      (conflict) => field === undefined || conflict.field === field,
    );
    if (!reference || conflicts.length === 0) continue;
    const subject = `${scope.integration}/${scope.task} ${record.key || record.sourceId}`;
    await store.audit.append({ action: 'conflict.resolved', subject, details: { keep, reason, conflicts } });
    crossReferences.push({ ...reference, agreed: settled(reference.agreed, conflicts, sides, keep) });
    resolved += conflicts.length;
  }
  if (resolved > 0) await store.settle({ ...scope, runId: '', crossReferences, forgotten: [], held: [], released: [] });
  return resolved;
}

/** What the destination has is known from now on; what the source has is too, unless it is still to be written. */
function settled(agreed: Agreements = {}, conflicts: readonly Conflict[], sides: Sides, keep: string): Agreements {
  const fields = conflicts.map(({ field, values }): [string, Agreement] => {
    const destination = values[sides.destination] ?? null;
    if (keep === sides.destination) return [field, { source: values[sides.source] ?? null, destination }];
    const { source } = agreed[field] ?? {};
    return [field, source === undefined ? { destination } : { source, destination }];
  });
  return { ...agreed, ...Object.fromEntries(fields) };
}
