import type { StoredRow, Table } from '../store/index.js';
import type { Comparator } from './order.js';
import type { Predicate } from './operand.js';

/** What to look for in a table. */
export interface Search {
  readonly table: Table;
  readonly matches?: Predicate | undefined;
  /** Ids outside of which nothing can match. */
  readonly within?: ReadonlySet<number> | undefined;
  readonly order?: Comparator | undefined;
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

/** All matching rows, ordered. */
export function findRows(search: Search): StoredRow[] {
  const found = [...scan(search)];
  return search.order ? found.sort(search.order) : found;
}

export function countRows(search: Search, limit = Infinity): number {
  if (!search.matches) return Math.min(search.table.size, limit);
  let count = 0;
  for (const _ of scan(search)) if (++count >= limit) break;
  return count;
}
