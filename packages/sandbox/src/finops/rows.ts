import { errors } from '../errors.js';
import { finopsEnums } from '../model/index.js';
import type { Schema, Store, StoredRow, Table, Value } from '../store/index.js';
import { blankOf } from './values.js';

const ENUMS = new Map(finopsEnums.map(({ name, members }) => [name, members]));

export type Fields = Readonly<Record<string, Value>>;

/** A stored row, read by the names of its fields. */
export class Entry {
  constructor(
    readonly row: StoredRow,
    private readonly schema: Schema,
  ) {}

  value(field: string): Value {
    return this.row.values[this.schema.byName.get(field)?.slot ?? -1] ?? null;
  }

  text(field: string): string {
    return String(this.value(field) ?? '');
  }

  get company(): string {
    return this.text('dataAreaId');
  }

  get fields(): Fields {
    return Object.fromEntries(this.schema.columns.map(({ name, slot }) => [name, this.row.values[slot] ?? null]));
  }
}

/** The rows of one entity, for the application's own work: no rule of OData stands between. */
export class Rows {
  private constructor(
    private readonly store: Store,
    private readonly table: Table,
  ) {}

  static of(store: Store, set: string): Rows {
    const table = store.table(set);
    if (!table) throw errors.SANDBOX_ENTITY_UNKNOWN({ set });
    return new Rows(store, table);
  }

  find(...key: readonly Value[]): Entry | undefined {
    return this.entry(this.table.byKey(...key));
  }

  /** In the order in which they came. */
  where(field: string, value: Value): Entry[] {
    const column = this.table.schema.byName.get(field);
    if (!column) return [];
    const ids = [...this.table.withValue(column, value)].sort((left, right) => left - right);
    return ids.flatMap((id) => this.entry(this.table.byId(id)) ?? []);
  }

  add(fields: Fields): Entry {
    const { columns } = this.table.schema;
    const values = columns.map((column) => fields[column.name] ?? blankOf(column, ENUMS));
    this.store.nextVersion();
    return this.entryOf(this.table.insert(values, 1));
  }

  change(entry: Entry, fields: Fields): Entry {
    const values: Value[] = [...entry.row.values];
    for (const { name, slot } of this.table.schema.columns) {
      const value = fields[name];
      if (value !== undefined) values[slot] = value;
    }
    return this.entryOf(this.table.replace(entry.row, values, this.store.nextVersion()));
  }

  /** Changes the row with this key, or adds it. */
  put(key: readonly Value[], fields: Fields): Entry {
    const known = this.find(...key);
    if (known) return this.change(known, fields);
    const named = Object.fromEntries(this.table.schema.key.map(({ name }, index) => [name, key[index] ?? null]));
    return this.add({ ...named, ...fields });
  }

  remove(entry: Entry): void {
    this.table.remove(entry.row, this.store.nextVersion());
  }

  private entry(row: StoredRow | undefined): Entry | undefined {
    return row && this.entryOf(row);
  }

  private entryOf(row: StoredRow): Entry {
    return new Entry(row, this.table.schema);
  }
}
