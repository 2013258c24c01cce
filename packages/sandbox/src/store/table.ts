import { GroupIndex, keyOf, UniqueIndex } from './indexes.js';
import type { Journal } from './journal.js';
import type { PageSource } from './pages.js';
import { Pages } from './pages.js';
import type { Deletion, StoredRow, Value } from './row.js';
import type { Column, Schema } from './schema.js';

/** The rows of one entity in the order in which they came, with their indexes. */
export class Table {
  readonly pages = new Pages();
  readonly deletions: Deletion[] = [];
  readonly primary: UniqueIndex;
  readonly alternates: readonly UniqueIndex[];
  private readonly groups = new Map<number, GroupIndex>();
  private count = 0;
  private changes = 0;

  constructor(
    readonly schema: Schema,
    private readonly journal: Journal,
  ) {
    const [only, ...others] = schema.key;
    const keys = (index: UniqueIndex) => this.keysIn(index);
    this.primary = new UniqueIndex(schema.key, only && others.length === 0 ? () => this.primaryKeys(only) : keys);
    this.alternates = schema.alternateKeys.map((columns) => new UniqueIndex(columns, keys));
  }

  /** The rows that were there from the beginning; no failing unit of work takes them out again. */
  startWith(source: PageSource): void {
    this.pages.startWith(source);
    this.count = source.size;
  }

  get size(): number {
    return this.count;
  }

  /** Differs after every write: what was computed from an older revision is stale. */
  get revision(): number {
    return this.changes;
  }

  byId(id: number | undefined): StoredRow | undefined {
    return id === undefined ? undefined : this.pages.at(id);
  }

  byKey(...parts: Value[]): StoredRow | undefined {
    return this.byId(this.primary.find(parts));
  }

  /** The unique index, if any, in which another row already holds this row's key. */
  conflict(values: readonly Value[], own?: StoredRow): UniqueIndex | undefined {
    const taken = (index: UniqueIndex) => {
      const holder = index.holder(values);
      return holder !== undefined && holder !== own?.id;
    };
    return [this.primary, ...this.alternates].find(taken);
  }

  insert(values: readonly Value[], version: number): StoredRow {
    const row = { id: this.pages.length, version, values };
    this.put(row);
    this.journal.record(() => this.take(row));
    return row;
  }

  replace(old: StoredRow, values: readonly Value[], version: number): StoredRow {
    const row = { id: old.id, version, values };
    this.swap(old, row);
    this.journal.record(() => this.swap(row, old));
    return row;
  }

  remove(row: StoredRow, version: number): void {
    const key = String(row.values[this.schema.key[0]?.slot ?? 0]);
    this.take(row);
    this.deletions.push({ version, key });
    this.journal.record(() => {
      this.deletions.pop();
      this.put(row);
    });
  }

  /** Ids of the rows with this value, through an index that is built when it is first needed. */
  withValue(column: Column, value: Value): Iterable<number> {
    let group = this.groups.get(column.slot);
    if (!group) {
      group = new GroupIndex(column.slot);
      for (const row of this.pages.scan()) group.add(row.values, row.id);
      this.groups.set(column.slot, group);
    }
    return group.find(value);
  }

  private *keysIn(index: UniqueIndex): Generator<readonly [string | undefined, number]> {
    for (const { values, id } of this.pages.scan()) yield [index.keyIn(values), id];
  }

  /** Without the rows, where they need not be read for it. */
  private *primaryKeys({ slot }: Column): Generator<readonly [string | undefined, number]> {
    for (const [key, id] of this.pages.keys(slot)) yield [keyOf([key]), id];
  }

  private put(row: StoredRow): void {
    this.pages.set(row.id, row);
    this.count++;
    this.changes++;
    for (const index of this.indexes()) index.add(row.values, row.id);
  }

  private take(row: StoredRow): void {
    this.pages.set(row.id, undefined);
    this.count--;
    this.changes++;
    for (const index of this.indexes()) index.delete(row.values, row.id);
  }

  private swap(old: StoredRow, row: StoredRow): void {
    this.pages.set(row.id, row);
    this.changes++;
    for (const index of this.indexes()) {
      index.delete(old.values, old.id);
      index.add(row.values, row.id);
    }
  }

  private indexes(): (UniqueIndex | GroupIndex)[] {
    return [this.primary, ...this.alternates, ...this.groups.values()];
  }
}
