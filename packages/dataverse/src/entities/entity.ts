import { nearest } from '@isthmus/core';
import type { EntityType, Metadata } from '@isthmus/odata';
import { errors } from '../errors.js';
import { codecOf, GUID, type Codec } from './codec.js';
import { lookupColumnsOf, type LookupColumn } from './lookup-column.js';

/** A table as the live metadata describes it, with what reading and writing need to know looked up once. */
export interface Entity {
  /** Entity set: as templates name it, and as it goes over the wire. */
  readonly set: string;
  /** Column of the primary key. */
  readonly id: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** One for each table that a lookup may point at. */
  readonly lookups: readonly LookupColumn[];
  readonly type: EntityType;
  readonly metadata: Metadata;
}

export interface Field extends Codec {
  /** As templates write it. */
  readonly name: string;
  /** As it is read: `_msdyn_project_value` for the lookup `msdyn_project`. */
  readonly column: string;
  readonly isLookup: boolean;
  readonly maxLength?: number | undefined;
  readonly nullable: boolean;
  readonly readOnly: boolean;
}

const described = new WeakMap<EntityType, Entity>();

/** What the metadata says, worked out once for each type. */
export function entityOf(type: EntityType, metadata: Metadata): Entity {
  let entity = described.get(type);
  if (!entity) {
    entity = describeEntity(type, metadata);
    described.set(type, entity);
  }
  return entity;
}

function describeEntity(type: EntityType, metadata: Metadata): Entity {
  const lookups = lookupColumnsOf(type);
  const fields = new Map<string, Field>();
  for (const property of type.properties.values()) {
    const codec = codecOf(property.type);
    if (!codec) continue;
    const { name, maxLength, nullable } = property;
    const readOnly =
      property.computed === true || property.permissions === 'Read' || lookups.some(({ column }) => column === name);
    fields.set(name, { ...codec, name, column: name, isLookup: false, maxLength, nullable, readOnly });
  }
  for (const { attribute, column, navigation } of lookups) {
    for (const name of [attribute, navigation]) {
      if (fields.has(name)) continue;
      fields.set(name, { ...GUID, name, column, isLookup: true, nullable: true, readOnly: false });
    }
  }
  return { set: type.set ?? type.name, id: type.key[0] ?? '', fields, lookups, type, metadata };
}

/** @throws DATAVERSE_FIELD_UNKNOWN */
export function fieldOf(entity: Entity, name: string): Field {
  const field = entity.fields.get(name);
  if (field) return field;
  throw errors.DATAVERSE_FIELD_UNKNOWN({
    entity: entity.set,
    field: name,
    nearest: nearest(name, entity.fields.keys()),
  });
}
