import type { HeldRecord, Place, SourceRow, WriteOperation } from '@isthmus/core';
import { breakAmong, conflictsAmong, labelOf, valueIn, type TaskContext, type TaskRecord } from '../task/index.js';
import type { Change, PlanEntry, PlannedReason, PlannedRecord } from './format.js';

/** What was decided for a record, after the hooks. */
export interface NotedOperation {
  readonly operation: WriteOperation;
  readonly present?: SourceRow | undefined;
}

export const plannedRecord = ({ scope }: Pick<TaskContext, 'scope'>, record: TaskRecord): PlannedRecord => ({
  integration: scope.integration,
  task: scope.task,
  record: labelOf(record),
  sourceId: record.sourceId,
  legalEntity: record.legalEntity,
  ...(record.conflicts ? { conflicts: record.conflicts } : {}),
  ...(record.broken ? { broken: record.broken } : {}),
});

export function operationEntry(
  planned: PlannedRecord,
  { hash: content, mapped, gone }: TaskRecord,
  { operation, present }: NotedOperation,
): PlanEntry {
  switch (operation.kind) {
    case 'create':
      return { ...planned, action: 'create', content, fields: operation.fields };
    case 'update':
      if (gone) return { ...planned, action: 'deactivate', changes: changesOf(operation, present ?? {}) };
      return { ...planned, action: 'update', content, changes: changesOf(operation, present ?? {}) };
    case 'delete':
      return { ...planned, action: 'delete', fields: mapped };
  }
}

const changesOf = ({ fields }: WriteOperation, present: SourceRow): Record<string, Change> =>
  Object.fromEntries(Object.entries(fields).map(([name, to]) => [name, { from: valueIn(present, name), to }]));

export function heldEntry(held: HeldRecord): PlanEntry {
  const { integration, task, key: record, sourceId, legalEntity, waitsFor } = held;
  const planned = { integration, task, record, sourceId, legalEntity };
  if (waitsFor && held.state === 'deferred') return { ...planned, action: 'defer', waitsFor };
  const conflicts = conflictsAmong(held.errors);
  const broken = breakAmong(held.errors);
  return {
    ...planned,
    ...(conflicts.length > 0 ? { conflicts } : {}),
    ...(broken ? { broken } : {}),
    action: 'quarantine',
    reasons: held.errors.map(reasonOf),
  };
}

/** @param kept an error's `toJSON()` */
function reasonOf(kept: unknown): PlannedReason {
  const { code = '', message = '', remedy = '', place = {} } = kept as Partial<PlannedReason & { place: Place }>;
  return { code, message, remedy, ...(place.field === undefined ? {} : { field: place.field }) };
}
