import type { EntityModel } from '../model/index.js';
import { Journal } from './journal.js';
import type { Schema } from './schema.js';
import { bindSchemas } from './schema.js';
import { Table } from './table.js';

/** All tables of one system, and the counters that they share. */
export class Store {
  /** For their schemas; rows are reached by name. */
  readonly tables: readonly Table[];
  /** Last number given, by prefix, of the sequences that name contracts and projects. */
  readonly sequences = new Map<string, number>();
  /** The newest row version. */
  version = 1_000_000;
  private readonly journal = new Journal();
  private readonly unfilled = new Map<Table, () => void>();
  private readonly bySet: ReadonlyMap<string, Table>;
  private readonly byEntity: ReadonlyMap<string, Table>;

  constructor(models: readonly EntityModel[]) {
    this.tables = bindSchemas(models).map((schema) => new Table(schema, this.journal));
    this.bySet = new Map(this.tables.map((table) => [table.schema.model.set, table]));
    this.byEntity = new Map(this.tables.map((table) => [table.schema.model.name, table]));
  }

  table(set: string): Table | undefined {
    return this.filled(this.bySet.get(set));
  }

  /** Table of an entity, by its logical name or type name. */
  entity(name: string): Table | undefined {
    return this.filled(this.byEntity.get(name));
  }

  tableOf(schema: Schema): Table | undefined {
    return this.entity(schema.model.name);
  }

  /** Leaves the making of a table's rows to whoever first asks for the table: a large company costs only what is used. */
  fillLater(table: Table, fill: () => void): void {
    this.unfilled.set(table, fill);
  }

  /** Whether somebody has asked for the table, so that its rows are there. */
  isFilled(table: Table): boolean {
    return !this.unfilled.has(table);
  }

  private filled(table: Table | undefined): Table | undefined {
    const fill = table && this.unfilled.get(table);
    if (table && fill) {
      this.unfilled.delete(table);
      fill();
    }
    return table;
  }

  nextVersion(): number {
    return ++this.version;
  }

  /** All of `work` or, when it throws, none of it. */
  atomically<T>(work: () => T): T {
    return this.journal.atomically(work);
  }
}
