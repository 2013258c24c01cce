import { keyText, type SourceRow } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { TaskContext } from './context.js';
import type { TaskRecord } from './record.js';

/** Filter, legal entity and mapping of one row. Pure: asks nobody. */
export function mapRow(context: TaskContext, row: SourceRow): TaskRecord {
  const { mapping, integration } = context;
  const sourceId = mapping.sourceId(row);
  if (sourceId === null || sourceId === '') {
    throw syncErrors.RECORD_ID_EMPTY({ path: mapping.entity.sourceId }, { place: context.scope });
  }
  const record: TaskRecord = {
    sourceId: String(sourceId),
    source: row,
    mapped: {},
    legalEntity: '',
    keyValues: [],
    key: '',
    faults: [],
    hash: '',
  };
  if (!mapping.filter(row) || !assignLegalEntity(record, mapping, integration.organizations)) {
    record.outcome = 'filtered';
    return record;
  }
  record.mapped = mapping.map(row, record.faults);
  record.keyValues = mapping.key.map((field) => record.mapped[field] ?? null);
  record.key = keyText(record.keyValues);
  return record;
}

/** @returns false where the organisational unit is deliberately left out */
function assignLegalEntity(
  record: TaskRecord,
  { organization, entity }: TaskContext['mapping'],
  organizations: ReadonlyMap<string, string | null>,
): boolean {
  if (!organization) return true;
  const unit = organization(record.source);
  if (unit === null || unit === '') {
    record.faults.push(syncErrors.ORGANIZATION_MISSING({ path: entity.organization ?? '' }));
    return true;
  }
  const legalEntity = organizations.get(String(unit));
  if (legalEntity === null) return false;
  if (legalEntity === undefined) {
    record.faults.push(syncErrors.ORGANIZATION_UNMAPPED({ unit: String(unit) }));
    return true;
  }
  record.legalEntity = legalEntity.toLowerCase();
  return true;
}
