import type { StoredRow, Table } from '../store/index.js';
import type { Ordering } from './order.js';
import type { Predicate } from './operand.js';

/** What to look for in a table. */
export interface Search {
  readonly table: Table;
  readonly matches?: Predicate | undefined;
  /** Ids outside of which nothing can match. */
  readonly within?: ReadonlySet<number> | undefined;
  readonly order?: Ordering | undefined;
}

/** Matching rows in the order of their ids, from `first` on, one by one. */
export function* scan({ table, matches, within }: Search, first = 0): Generator<StoredRow> {
  if (within) {
    for (const id of [...within].sort((a, b) => a - b)) {
      const row = id < first ? undefined : table.byId(id);
      if (row && (!matches || matches(row))) yield row;
    }
    return;
  }
  for (const row of table.pages.scan(first)) if (!matches || matches(row)) yield row;
}

/** Ids of all matching rows, in the order that is asked for. */
export function findIds(search: Search): number[] {
  const { order } = search;
  if (!order) return Array.from(scan(search), ({ id }) => id);
  return Array.from(scan(search), order.keyOf)
    .sort(order.compare)
    .map(([id]) => id);
}

/** The rows with these ids, in their order; looked up in the order of the table, whose pages are then read once each. */
export function rowsWithIds(table: Table, ids: readonly number[]): StoredRow[] {
  const rows = new Map([...ids].sort((a, b) => a - b).map((id) => [id, table.byId(id)]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

export function countRows(search: Search, limit = Infinity): number {
  if (!search.matches) return Math.min(search.table.size, limit);
  let count = 0;
  for (const _ of scan(search)) if (++count >= limit) break;
  return count;
}
