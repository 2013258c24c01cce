import { nearest } from '@isthmus/core';
import type { EntityType, Metadata, NavigationProperty } from '@isthmus/odata';
import { errors } from '../errors.js';
import { codecOf, type Codec } from './codec.js';

/** The key field that holds the legal entity. */
export const LEGAL_ENTITY = 'dataAreaId';

export interface Field extends Codec {
  readonly name: string;
  readonly maxLength?: number | undefined;
  readonly nullable: boolean;
  readonly readOnly: boolean;
}

/** An entity as the live metadata describes it, with what reading and writing need to know looked up once. */
export interface Entity {
  /** As templates name it. */
  readonly name: string;
  /** Public collection: the segment of the URL. */
  readonly set: string;
  readonly perLegalEntity: boolean;
  /** Without the legal entity. */
  readonly key: readonly string[];
  readonly fields: ReadonlyMap<string, Field>;
  readonly type: EntityType;
  readonly metadata: Metadata;
}

export function describeEntity(name: string, set: string, type: EntityType, metadata: Metadata): Entity {
  const fields = new Map<string, Field>();
  for (const property of type.properties.values()) {
    const codec = codecOf(property, metadata.enums);
    if (!codec) continue;
    const { maxLength, nullable } = property;
    const readOnly = property.computed === true || property.permissions === 'Read';
    fields.set(property.name, { ...codec, name: property.name, maxLength, nullable, readOnly });
  }
  const key = type.key.filter((field) => field !== LEGAL_ENTITY);
  return { name, set, perLegalEntity: key.length < type.key.length, key, fields, type, metadata };
}

/** @throws FINOPS_FIELD_UNKNOWN */
export function fieldOf(entity: Entity, name: string): Field {
  const field = entity.fields.get(name);
  if (field) return field;
  throw errors.FINOPS_FIELD_UNKNOWN({ entity: entity.name, field: name, nearest: nearest(name, entity.fields.keys()) });
}

/** Lookups are navigation properties that lead to one row. */
export const lookupsOf = (entity: Entity): NavigationProperty[] =>
  [...entity.type.navigation.values()].filter((navigation) => !navigation.collection);

export interface Lookup {
  /** Navigation property, in its exact spelling. */
  readonly navigation: string;
  readonly target: Entity;
}

/** @throws FINOPS_LOOKUP_UNKNOWN */
export function lookupOf(entity: Entity, hop: string): Lookup {
  const folded = hop.toLowerCase();
  const lookups = lookupsOf(entity);
  const found = lookups.find(({ name }) => name.toLowerCase() === folded);
  const type = found && entity.metadata.types.get(found.target);
  if (!type) {
    const names = lookups.map(({ name }) => name);
    throw errors.FINOPS_LOOKUP_UNKNOWN({ entity: entity.name, hop, nearest: nearest(hop, names) });
  }
  return { navigation: found.name, target: describeEntity(type.name, type.set ?? '', type, entity.metadata) };
}
