import type { EntityModel } from '../model/index.js';
import { collectionOf } from '../model/index.js';
import { Journal } from './journal.js';
import type { Schema } from './schema.js';
import { bindSchemas } from './schema.js';
import { Table } from './table.js';

/** All tables of one system, and the counters that they share. */
export class Store {
  readonly tables: readonly Table[];
  /** Those that clients may address. */
  readonly publicTables: readonly Table[];
  /** Last number given, by prefix, of the sequences that name contracts and projects. */
  readonly sequences = new Map<string, number>();
  /** The newest row version. */
  version = 1_000_000;
  private readonly journal = new Journal();
  private readonly byCollection: ReadonlyMap<string, Table>;
  private readonly bySet: ReadonlyMap<string, Table>;
  private readonly byEntity: ReadonlyMap<string, Table>;

  constructor(models: readonly EntityModel[]) {
    this.tables = bindSchemas(models).map((schema) => new Table(schema, this.journal));
    this.publicTables = this.tables.filter(({ schema }) => !schema.model.unpublished);
    this.byCollection = new Map(this.publicTables.map((table) => [collectionOf(table.schema.model), table]));
    this.bySet = new Map(this.tables.map((table) => [table.schema.model.set, table]));
    this.byEntity = new Map(this.tables.map((table) => [table.schema.model.name, table]));
  }

  table(set: string): Table | undefined {
    return this.bySet.get(set);
  }

  /** Table of the collection that clients call so. */
  published(collection: string): Table | undefined {
    return this.byCollection.get(collection);
  }

  /** Table of an entity, by its logical name or type name. */
  entity(name: string): Table | undefined {
    return this.byEntity.get(name);
  }

  tableOf(schema: Schema): Table | undefined {
    return this.entity(schema.model.name);
  }

  nextVersion(): number {
    return ++this.version;
  }

  /** All of `work` or, when it throws, none of it. */
  atomically<T>(work: () => T): T {
    return this.journal.atomically(work);
  }
}
