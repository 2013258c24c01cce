import type { Schema, StoredRow, Value } from '../store/index.js';
import type { Scope } from './dialect.js';
import { kindOf, orderOf } from './operand.js';
import { resolvePath } from './path.js';
import type { OrderItem } from './query-options.js';

/** What a row is put in order by, without the row itself: a sorted table need not be in memory. */
export type SortKey = readonly [id: number, ...values: Value[]];

export interface Ordering {
  readonly keyOf: (row: StoredRow) => SortKey;
  readonly compare: (left: SortKey, right: SortKey) => number;
}

/** Nulls come first in ascending order; equal rows keep the order in which they came. */
export function compileOrder(items: readonly OrderItem[], schema: Schema, scope: Scope): Ordering {
  const terms = items.map(({ path, descending }) => {
    const { column, read } = resolvePath(path, schema, scope);
    return { read, order: orderOf(kindOf(column)), sign: descending ? -1 : 1 };
  });
  return {
    keyOf: (row) => [row.id, ...terms.map(({ read }) => read(row))],
    compare: (left, right) => {
      for (let at = 0; at < terms.length; at++) {
        const { order, sign } = terms[at] as (typeof terms)[number];
        const [a, b] = [left[at + 1] ?? null, right[at + 1] ?? null];
        const difference = a === null ? (b === null ? 0 : -1) : b === null ? 1 : order(a, b);
        if (difference !== 0) return difference * sign;
      }
      return left[0] - right[0];
    },
  };
}

export function sortRows(rows: readonly StoredRow[], { keyOf, compare }: Ordering): StoredRow[] {
  const keyed = rows.map((row) => ({ key: keyOf(row), row }));
  return keyed.sort((left, right) => compare(left.key, right.key)).map(({ row }) => row);
}
