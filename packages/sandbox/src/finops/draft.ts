import type { Column, Store, Table, Value } from '../store/index.js';

/** A row while it is being written: what the rules of an entity look at and complete. */
export class Draft {
  constructor(
    readonly table: Table,
    readonly store: Store,
    readonly values: Value[],
    /** Slots that the client gave a value. */
    readonly given: ReadonlySet<number>,
    readonly isNew: boolean,
  ) {}

  get company(): string {
    return this.text('dataAreaId');
  }

  text(field: string): string {
    return String(this.values[this.column(field)?.slot ?? -1] ?? '');
  }

  value(field: string): Value {
    return this.values[this.column(field)?.slot ?? -1] ?? null;
  }

  set(field: string, value: Value): void {
    const column = this.column(field);
    if (column) this.values[column.slot] = value;
  }

  isGiven(field: string): boolean {
    const column = this.column(field);
    return column !== undefined && this.given.has(column.slot);
  }

  private column(field: string): Column | undefined {
    return this.table.schema.byName.get(field);
  }
}

/** A field of the row with this key in another entity; undefined where there is no such row. */
export function fieldOf(store: Store, set: string, key: readonly Value[], field: string): Value | undefined {
  const table = store.table(set);
  const slot = table?.schema.byName.get(field)?.slot;
  return slot === undefined ? undefined : table?.byKey(...key)?.values[slot];
}
