import { nearest } from '@isthmus/core';
import type { Metadata } from '@isthmus/odata';
import { errors } from '../errors.js';
import { publicCollectionOf } from './collection-name.js';
import { describeEntity, type Entity } from './entity.js';

/** Finds entities in the live metadata, each once. */
export class Entities {
  private readonly known = new WeakMap<Metadata, Map<string, Entity>>();

  /**
   * @param metadata fetched when first needed, and cached, by the client
   * @param collections corrections of the naming habit: entity → public collection
   */
  constructor(
    private readonly metadata: () => Promise<Metadata>,
    private readonly collections: Readonly<Record<string, string>>,
  ) {}

  /** Undefined where the system has no such collection. */
  async find(name: string): Promise<Entity | undefined> {
    const metadata = await this.metadata();
    const known = this.known.get(metadata) ?? new Map<string, Entity>();
    this.known.set(metadata, known);
    const present = known.get(name);
    if (present) return present;
    const set = this.collectionOf(name, metadata);
    const type = metadata.entitySets.get(set);
    if (!type) return undefined;
    const entity = describeEntity(name, set, type, metadata);
    known.set(name, entity);
    return entity;
  }

  /** @throws FINOPS_ENTITY_UNKNOWN */
  async get(name: string): Promise<Entity> {
    const entity = await this.find(name);
    if (entity) return entity;
    const metadata = await this.metadata();
    const collection = this.collectionOf(name, metadata);
    throw errors.FINOPS_ENTITY_UNKNOWN({
      entity: name,
      collection,
      nearest: nearest(collection, metadata.entitySets.keys()),
    });
  }

  private collectionOf(name: string, metadata: Metadata): string {
    const configured = this.collections[name];
    if (configured) return configured;
    return metadata.entitySets.has(name) ? name : publicCollectionOf(name);
  }
}
