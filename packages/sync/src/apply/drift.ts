import type { IsthmusError, Value } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { PlanEntry } from '../plan/index.js';
import { quoted } from '../quoted.js';
import {
  differentValues,
  isWaiting,
  valueIn,
  type Decision,
  type TaskContext,
  type TaskRecord,
} from '../task/index.js';

/** A record of the plan, and what would be done with it now. */
export interface Candidate {
  readonly entry: PlanEntry;
  /** None where the row is gone from the source. */
  readonly record: TaskRecord | undefined;
  readonly decision: Decision | undefined;
}

interface Drift {
  readonly side: 'source' | 'destination';
  readonly planned: string;
  readonly present: string;
  readonly field?: string;
}

/** Why the record is not as it was planned. What the plan wanted and is there already is as planned. */
export function driftOf(context: TaskContext, candidate: Candidate): IsthmusError | undefined {
  const drift = driftIn(context, candidate);
  return drift && drifted(context, candidate.entry, drift);
}

function drifted(context: TaskContext, { record, legalEntity }: PlanEntry, drift: Drift): IsthmusError {
  const place = { ...context.scope, record, ...(legalEntity ? { legalEntity } : {}) };
  return syncErrors.PLAN_DRIFTED(
    { record, ...drift },
    { place: drift.field === undefined ? place : { ...place, field: drift.field } },
  );
}

/** The row is there again, or the one in the destination is another by now. That it is gone there too is as planned. */
export function removalDrift(
  context: TaskContext,
  entry: PlanEntry & { action: 'delete' | 'deactivate' },
  isThere: boolean,
  decision: Decision | undefined,
): IsthmusError | undefined {
  if (isThere) return drifted(context, entry, { side: 'source', planned: 'no such row', present: 'there again' });
  if (!decision) return undefined;
  const planned = entry.action === 'delete' ? entry.fields : entry.changes;
  for (const [field, value] of Object.entries(planned)) {
    const wanted = typeof value === 'object' && value !== null ? [value.from, value.to] : [value];
    const there = valueIn(decision.present ?? {}, field);
    const { type } = context.destinationEntity.fields.get(field) ?? {};
    if (wanted.some((one) => !differentValues(one, there, type))) continue;
    const drift = { planned: quoted(wanted[0] ?? null), present: quoted(there), field };
    return drifted(context, entry, { side: 'destination', ...drift });
  }
  return undefined;
}

function driftIn(context: TaskContext, { entry, record, decision }: Candidate): Drift | undefined {
  if (entry.action === 'forget') {
    return record && { side: 'source', planned: 'no such row', present: 'there again' };
  }
  if (!record) return { side: 'source', planned: PLANNED[entry.action], present: 'gone' };
  const present = stateOf(record, decision);
  const other = (side: Drift['side'] = 'source'): Drift => ({ side, planned: PLANNED[entry.action], present });
  switch (entry.action) {
    case 'create':
    case 'update':
    case 'adopt':
      if (record.faults.length > 0 || isWaiting(record) || record.outcome === 'filtered') return other();
      return contentDrift(entry, record) ?? destinationDrift(context, entry, decision);
    case 'defer':
      return isWaiting(record) && record.waitsFor?.key === entry.waitsFor.key ? undefined : other();
    case 'quarantine':
      return codesOf(record) === entry.reasons.map(({ code }) => code).join() ? undefined : other();
    case 'release':
      return record.outcome === entry.outcome || (entry.outcome === 'unchanged' && isDelivered(record))
        ? undefined
        : other(decision ? 'destination' : 'source');
    case 'delete':
    case 'deactivate':
      return other();
  }
}

/** The source maps to something else now. */
function contentDrift(
  entry: PlanEntry & { action: 'create' | 'update' | 'adopt' },
  { hash, mapped }: TaskRecord,
): Drift | undefined {
  if (hash === entry.content) return undefined;
  const planned: readonly (readonly [string, Value])[] =
    entry.action === 'create'
      ? Object.entries(entry.fields)
      : entry.action === 'update'
        ? Object.entries(entry.changes).map(([name, { to }]) => [name, to] as const)
        : [];
  const [field, value] = planned.find(([name, to]) => name in mapped && mapped[name] !== to) ?? [];
  if (field === undefined) return { side: 'source', planned: 'what was read then', present: 'another content' };
  return { side: 'source', field, planned: quoted(value ?? null), present: quoted(mapped[field] ?? null) };
}

/** Somebody else has created, changed or deleted the row. */
function destinationDrift(
  { destinationEntity }: TaskContext,
  entry: PlanEntry & { action: 'create' | 'update' | 'adopt' },
  decision: Decision | undefined,
): Drift | undefined {
  if (!decision) return undefined;
  const { kind, fields } = decision.operation;
  if (kind === 'create') {
    return entry.action === 'create'
      ? undefined
      : { side: 'destination', planned: PLANNED[entry.action], present: 'gone' };
  }
  const changes = entry.action === 'update' ? entry.changes : {};
  for (const name of Object.keys(fields)) {
    const there = valueIn(decision.present ?? {}, name);
    const change = changes[name];
    const { type } = destinationEntity.fields.get(name) ?? {};
    const isOneOf = (values: readonly Value[]) => values.some((value) => !differentValues(value, there, type));
    if (change && isOneOf([change.from, change.to])) continue;
    const planned = change
      ? quoted(change.from)
      : entry.action === 'create'
        ? 'no such row'
        : quoted(fields[name] ?? null);
    return { side: 'destination', field: name, planned, present: quoted(there) };
  }
  return undefined;
}

/** Written before with this content: a run would not even look at it. */
const isDelivered = ({ known, hash, faults }: TaskRecord): boolean => faults.length === 0 && known?.hash === hash;

const PLANNED: Readonly<Record<PlanEntry['action'], string>> = {
  create: 'a row to create',
  update: 'a row to update',
  delete: 'a row to delete',
  deactivate: 'a row to deactivate',
  adopt: 'a row that is right already',
  defer: 'a record that waits',
  quarantine: 'a record to quarantine',
  release: 'a record that is no longer kept back',
  forget: 'no such row',
};

const codesOf = ({ faults }: TaskRecord): string => faults.map(({ code }) => code).join();

function stateOf(record: TaskRecord, decision: Decision | undefined): string {
  if (record.faults.length > 0) return `a record to quarantine (${codesOf(record)})`;
  if (isWaiting(record)) return `a record that waits for ${record.waitsFor?.key}`;
  if (record.outcome === 'filtered') return 'a record that the filter leaves out';
  return decision ? `a row to ${decision.operation.kind}` : 'a row that is right already';
}
