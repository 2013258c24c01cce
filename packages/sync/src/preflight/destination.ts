import { mappingErrors, nearest, type EntityDescription, type EntityMap, type IsthmusError } from '@isthmus/core';
import type { Descriptions } from './descriptions.js';

/** Every mapped field exists in the destination, and its key is covered. */
export function checkDestination(task: EntityMap, known: Descriptions): IsthmusError[] {
  const entity = known.get(task.destination);
  if (!entity) return [mappingErrors.MAPPING_ENTITY_UNKNOWN({ entity: task.destination, side: 'destination' })];
  return [...unknownFields(task, entity), ...uncoveredKey(task, entity), ...cutKeys(task)];
}

function unknownFields(task: EntityMap, { entity, fields }: EntityDescription): IsthmusError[] {
  return task.fields
    .filter(({ name }) => !fields.has(name))
    .map(({ name: field }) =>
      mappingErrors.MAPPING_FIELD_UNKNOWN(
        { field, entity, nearest: nearest(field, fields.keys()) },
        { place: { field } },
      ),
    );
}

function cutKeys(task: EntityMap): IsthmusError[] {
  return task.fields
    .filter(({ key, refersTo, truncate }) => (key || refersTo !== undefined) && truncate !== undefined)
    .map(({ name: field }) => mappingErrors.MAPPING_KEY_CUT({ field }, { place: { field } }));
}

function uncoveredKey(task: EntityMap, entity: EntityDescription): IsthmusError[] {
  const covered = new Set(task.fields.filter(({ key }) => key).map(({ name }) => name));
  const missing = entity.key.filter((field) => !covered.has(field) && !isLegalEntity(entity, field));
  return missing.length === 0
    ? []
    : [mappingErrors.MAPPING_KEY_NOT_COVERED({ entity: task.destination, missing: missing.join(', ') })];
}

/** The legal entity is the connector's business: part of the key without being mapped. */
export const isLegalEntity = (entity: EntityDescription, field: string): boolean =>
  entity.perLegalEntity && field.toLowerCase() === 'dataareaid';
