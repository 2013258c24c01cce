import { keyText, organizationPaths, type IsthmusError, type SourceRow, type Value } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { TaskContext } from './context.js';
import type { TaskRecord } from './record.js';
import { sourceIdOf } from './source-id.js';

/** Filter, legal entity and mapping of one row. Pure: asks nobody. */
export function mapRow(context: TaskContext, row: SourceRow): TaskRecord {
  const { mapping, integration, legalEntity = '' } = context;
  const id = mapping.sourceId(row);
  if (id === null || id === '') {
    throw syncErrors.RECORD_ID_EMPTY({ path: mapping.entity.sourceId }, { place: context.scope });
  }
  const record: TaskRecord = {
    sourceId: sourceIdOf(context, id),
    source: row,
    mapped: {},
    legalEntity,
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
  for (const { field, path, unit } of mapping.legalEntities) {
    const legalEntity = legalEntityOf(unit(row), path, integration.organizations, record.faults);
    if (legalEntity !== record.legalEntity) record.mapped[field] = legalEntity ?? null;
  }
  record.keyValues = mapping.key.map((field) => record.mapped[field] ?? null);
  record.key = keyText(record.keyValues);
  return record;
}

/** @returns false where the organisational unit is deliberately left out */
function assignLegalEntity(
  record: TaskRecord,
  { organization, entity }: TaskContext['mapping'],
  organizations: Organizations,
): boolean {
  if (!organization) return true;
  const path = organizationPaths(entity).join(' or ');
  const legalEntity = legalEntityOf(organization(record.source), path, organizations, record.faults);
  if (legalEntity === null) return false;
  record.legalEntity = legalEntity ?? '';
  return true;
}

type Organizations = TaskContext['integration']['organizations'];

/** @returns null where the unit is deliberately left out; undefined, and a fault, where it has no legal entity */
export function legalEntityOf(
  unit: Value,
  path: string,
  organizations: Organizations,
  faults: IsthmusError[],
): string | null | undefined {
  if (unit === null || unit === '') {
    faults.push(syncErrors.ORGANIZATION_MISSING({ path }));
    return undefined;
  }
  const legalEntity = organizations.get(String(unit));
  if (legalEntity === undefined) faults.push(syncErrors.ORGANIZATION_UNMAPPED({ unit: String(unit) }));
  return legalEntity?.toLowerCase() ?? legalEntity;
}
