import {
  ASK,
  mappingErrors,
  nearest,
  type Connector,
  type EntityDescription,
  type EntityMap,
  type IsthmusError,
} from '@isthmus/core';
import type { Descriptions } from './descriptions.js';

/** The entities that the tasks write to, and those in which they look rows up. */
export function describeDestinations(destination: Connector, tasks: readonly EntityMap[]): Promise<Descriptions> {
  const names = tasks.flatMap(({ destination: own, fields }) => [
    own,
    ...fields.flatMap(({ lookup }) => (lookup ? [lookup.entity] : [])),
  ]);
  return destination.describe([...new Set(names)]);
}

/** Every mapped field exists in the destination, and its key is covered. */
export function checkDestination(task: EntityMap, known: Descriptions): IsthmusError[] {
  const entity = known.get(task.destination);
  if (!entity) return [mappingErrors.MAPPING_ENTITY_UNKNOWN({ entity: task.destination, side: 'destination' })];
  return [
    ...unknownFields(task, entity),
    ...uncoveredKey(task, entity),
    ...cutKeys(task),
    ...wrongMasters(task),
    ...unknownLookups(task, known),
  ];
}

function unknownFields(task: EntityMap, { entity, fields }: EntityDescription): IsthmusError[] {
  const { onDelete } = task;
  const deactivating = typeof onDelete === 'object' ? Object.keys(onDelete.deactivate) : [];
  return [...task.fields.map(({ name }) => name), ...deactivating]
    .filter((name) => !fields.has(name))
    .map((field) =>
      mappingErrors.MAPPING_FIELD_UNKNOWN(
        { field, entity, nearest: nearest(field, fields.keys()) },
        { place: { field } },
      ),
    );
}

function unknownLookups({ fields }: EntityMap, known: Descriptions): IsthmusError[] {
  return fields.flatMap(({ name, lookup }) => {
    if (!lookup) return [];
    const { entity, key } = lookup;
    const target = known.get(entity);
    const place = { place: { field: name } };
    if (!target) return [mappingErrors.MAPPING_ENTITY_UNKNOWN({ entity, side: 'destination' }, place)];
    if (target.fields.has(key)) return [];
    return [
      mappingErrors.MAPPING_FIELD_UNKNOWN({ field: key, entity, nearest: nearest(key, target.fields.keys()) }, place),
    ];
  });
}

function cutKeys(task: EntityMap): IsthmusError[] {
  return task.fields
    .filter(({ key, refersTo, truncate }) => (key || refersTo !== undefined) && truncate !== undefined)
    .map(({ name: field }) => mappingErrors.MAPPING_KEY_CUT({ field }, { place: { field } }));
}

function wrongMasters({ fields, direction }: EntityMap): IsthmusError[] {
  const known = [direction?.from, direction?.to, ASK];
  return fields.flatMap(({ name: field, key, master }) => {
    if (master === undefined) return [];
    const place = { place: { field } };
    if (key) return [mappingErrors.MAPPING_MASTER_OF_KEY({ field }, place)];
    // What a parameter holds is judged by the rules of the parameter.
    if (typeof master !== 'string' || known.includes(master)) return [];
    return [mappingErrors.MAPPING_MASTER_UNKNOWN({ field, master, known: known.join(' or ') }, place)];
  });
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
