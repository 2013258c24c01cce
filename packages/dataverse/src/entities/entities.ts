import { nearest } from '@isthmus/core';
import type { Metadata } from '@isthmus/odata';
import { errors } from '../errors.js';
import { describeEntity, type Entity } from './entity.js';

/** Finds entities in the live metadata, each once. */
export class Entities {
  private readonly known = new Map<string, Entity>();

  /** @param metadata fetched when first needed, and cached, by the client */
  constructor(private readonly metadata: () => Promise<Metadata>) {}

  /** Undefined where the system has no such entity set. */
  async find(set: string): Promise<Entity | undefined> {
    const known = this.known.get(set);
    if (known) return known;
    const metadata = await this.metadata();
    const type = metadata.entitySets.get(set);
    if (!type) return undefined;
    const entity = describeEntity(set, type, metadata);
    this.known.set(set, entity);
    return entity;
  }

  /** @throws DATAVERSE_ENTITY_UNKNOWN */
  async get(set: string): Promise<Entity> {
    const entity = await this.find(set);
    if (entity) return entity;
    const { entitySets } = await this.metadata();
    throw errors.DATAVERSE_ENTITY_UNKNOWN({ entity: set, nearest: nearest(set, entitySets.keys()) });
  }
}
