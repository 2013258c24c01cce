import type { SourceRow } from '@isthmus/core';
import type { TaskContext } from './context.js';
import { idIn, isPartOf } from './source-id.js';

/** Values that one request asks for when single rows are read again. */
const VALUES = 200;

/** Rows of the task's source entity, of the part that is under way, that have one of the values. */
export async function* rowsWhere(
  { source, mapping, signal, legalEntity }: TaskContext,
  path: string,
  values: readonly string[],
): AsyncGenerator<readonly SourceRow[]> {
  const part = legalEntity === undefined ? {} : { legalEntity };
  for (let from = 0; from < values.length; from += VALUES) {
    const filter = [{ path, is: 'in' as const, values: values.slice(from, from + VALUES) }];
    const query = { entity: mapping.entity.source, paths: mapping.paths, filter, signal, ...part };
    for await (const page of source.read(query)) yield page.rows;
  }
}

/** Those with one of the source ids. */
export function rowsWithIds(context: TaskContext, sourceIds: readonly string[]): AsyncGenerator<readonly SourceRow[]> {
  const ids = sourceIds.filter((sourceId) => isPartOf(context, sourceId)).map((sourceId) => idIn(context, sourceId));
  return rowsWhere(context, context.mapping.entity.sourceId, ids);
}
