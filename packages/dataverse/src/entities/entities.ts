import { nearest } from '@isthmus/core';
import type { Metadata } from '@isthmus/odata';
import { errors } from '../errors.js';
import { entityOf, type Entity } from './entity.js';

/** Undefined where the system has no such entity set. */
export function findEntity(metadata: Metadata, set: string): Entity | undefined {
  const type = metadata.entitySets.get(set);
  return type && entityOf(type, metadata);
}

/** @throws DATAVERSE_ENTITY_UNKNOWN */
export function getEntity(metadata: Metadata, set: string): Entity {
  const entity = findEntity(metadata, set);
  if (entity) return entity;
  throw errors.DATAVERSE_ENTITY_UNKNOWN({ entity: set, nearest: nearest(set, metadata.entitySets.keys()) });
}
