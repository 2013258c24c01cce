import type { Schema, StoredRow } from '../store/index.js';
import type { Scope } from './dialect.js';
import { kindOf, orderOf } from './operand.js';
import { resolvePath } from './path.js';
import type { OrderItem } from './query-options.js';

export type Comparator = (left: StoredRow, right: StoredRow) => number;

/** Nulls come first in ascending order; equal rows keep the order in which they came. */
export function compileOrder(items: readonly OrderItem[], schema: Schema, scope: Scope): Comparator {
  const terms = items.map(({ path, descending }) => {
    const { column, read } = resolvePath(path, schema, scope);
    return { read, order: orderOf(kindOf(column)), sign: descending ? -1 : 1 };
  });
  return (left, right) => {
    for (const { read, order, sign } of terms) {
      const [a, b] = [read(left), read(right)];
      const difference = a === null ? (b === null ? 0 : -1) : b === null ? 1 : order(a, b);
      if (difference !== 0) return difference * sign;
    }
    return left.id - right.id;
  };
}
