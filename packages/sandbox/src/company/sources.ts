import type { RowMaker } from './context.js';
import type { Row, RowSource } from './types.js';

/** Rows that are made from their index, as are their primary keys. */
export function made(row: RowMaker, size: number, idAt?: (index: number) => string): RowSource {
  function* rows(first = 0) {
    for (let index = first; index < size; index++) yield row(index);
  }
  return Object.assign(rows, { size, ...(idAt && { idAt }) });
}

/** A handful of rows. */
export const listed = (list: readonly Row[]): RowSource =>
  Object.assign((first = 0) => list.slice(first), { size: list.length });

/** `source`, and then a handful of rows. */
export function followedBy(list: readonly Row[], source: RowSource): RowSource {
  function* rows(first = 0) {
    yield* source(first);
    yield* list.slice(Math.max(0, first - source.size));
  }
  const idAt = (index: number): string | undefined => (index < source.size ? source.idAt?.(index) : undefined);
  return Object.assign(rows, { size: source.size + list.length, idAt });
}
