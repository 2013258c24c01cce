import { keyText, type AwaitedRow, type CompiledReference } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { TaskContext } from './context.js';
import { leftOut } from './left-out.js';
import type { TaskRecord } from './record.js';

/**
 * Follows the references of the records to rows that other tasks deliver. A row that is not there yet makes the record
 * wait; one look-up per reference and legal entity, for all records together.
 */
export async function resolveReferences(context: TaskContext, records: readonly TaskRecord[]): Promise<void> {
  for (const reference of context.mapping.references) {
    const { organizations } = context.integration;
    for (const [legalEntity, group] of byLegalEntity(records, reference, organizations)) {
      await resolve(context, reference, legalEntity, group);
    }
  }
}

const NONE: ReadonlySet<string> = new Set();

async function resolve(
  context: TaskContext,
  reference: CompiledReference,
  legalEntity: string,
  records: readonly TaskRecord[],
): Promise<void> {
  const { field, task, by, leftOutToo } = reference;
  const wanted = new Map<TaskRecord, string>();
  for (const record of records) {
    if (by === 'source' && record.edited?.has(field)) continue;
    const target = reference.target(record.source, record.mapped);
    if (target !== null && target !== '') wanted.set(record, by === 'key' ? keyText([target]) : String(target));
    else if (reference.refers(record.source)) {
      record.faults.push(syncErrors.RECORD_REFERENCE_UNREADABLE({ task }, { place: { field } }));
    }
  }
  if (wanted.size === 0) return;
  const scope = context.integration.deliveredBy(task);
  const keys = [...new Set(wanted.values())];
  const { crossReferences } = context.store;
  const found =
    by === 'key'
      ? await crossReferences.byDestination(scope, legalEntity, keys)
      : await crossReferences.bySource(scope, keys);
  const missing = keys.filter((key) => !found.has(key));
  const out = leftOutToo && missing.length > 0 ? await leftOut(context, task, missing) : NONE;
  for (const [record, key] of wanted) {
    const target = found.get(key);
    const broken = target ? undefined : context.breaks?.get(record.sourceId);
    if (out.has(key)) record.outcome = 'filtered';
    else if (broken?.key === key) {
      record.broken = broken;
      if (broken.leaveOut) leaveOut(record, field, { ...scope, key, by, legalEntity });
      else record.faults.push(syncErrors.RECORD_IN_CIRCLE({ circle: broken.circle, key }, { place: { field } }));
    } else if (!target) {
      record.waitsFor ??= { ...scope, key, by, legalEntity };
      (record.unresolved ??= new Set()).add(field);
    } else if (by === 'source') record.mapped[field] = target.keyValues[0] ?? null;
  }
}

/** The first of two passes: the field follows when the row is there. */
function leaveOut(record: TaskRecord, field: string, awaited: AwaitedRow): void {
  record.mapped[field] = null;
  record.later = awaited;
}

/** Faults weigh more than waiting: a broken record would not get through when its parent arrives. */
export const isWaiting = (record: TaskRecord): boolean =>
  record.waitsFor !== undefined && record.faults.length === 0 && record.outcome === undefined;

export function waitingError(record: TaskRecord) {
  const { task = '', key = '' } = record.waitsFor ?? {};
  return syncErrors.RECORD_WAITS({ task, key });
}

/** Records by the legal entity in which the row lies that they refer to or need: their own, unless told otherwise. */
export function byLegalEntity(
  records: readonly TaskRecord[],
  { organization }: Pick<CompiledReference, 'organization'>,
  organizations: TaskContext['integration']['organizations'],
): Map<string, TaskRecord[]> {
  const groups = new Map<string, TaskRecord[]>();
  for (const record of records) {
    const unit = organization?.(record.source) ?? null;
    const legalEntity = (unit === null ? undefined : organizations.get(String(unit))) ?? record.legalEntity;
    const group = groups.get(legalEntity.toLowerCase());
    if (group) group.push(record);
    else groups.set(legalEntity.toLowerCase(), [record]);
  }
  return groups;
}
