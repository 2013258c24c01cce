import { keyText, type HeldRecord, type SourceRow, type Value } from '@isthmus/core';
import type { TaskContext } from './context.js';
import { valuesOf, type TaskRecord } from './record.js';
import { isPartOf } from './source-id.js';

/** What of the task was noted as gone, as far as the run is about it. */
export const goneFilter = ({ scope, selection = {} }: TaskContext) => {
  const { key, legalEntity, held } = selection;
  return {
    ...held,
    ...scope,
    ...(key === undefined ? {} : { key }),
    ...(legalEntity === undefined ? {} : { legalEntity }),
    gone: true as const,
  };
};

/** Of the part that is under way, in pages. */
export async function* goneIn(context: TaskContext): AsyncGenerator<HeldRecord[]> {
  for await (const page of context.store.held.list(goneFilter(context))) {
    const own = page.filter(({ sourceId }) => isPartOf(context, sourceId));
    if (own.length > 0) yield own;
  }
}

/** The record of a row that is gone, as far as it is known. */
export function goneRecord(
  { mapping }: TaskContext,
  { sourceId, legalEntity, source, mapped = {} }: Pick<HeldRecord, 'sourceId' | 'legalEntity' | 'source' | 'mapped'>,
): TaskRecord {
  const keyValues = valuesOf(mapped as SourceRow, mapping.key);
  return {
    ...{ sourceId, legalEntity, source, keyValues, key: keyText(keyValues) },
    ...{ mapped: rowOf(mapped as SourceRow), faults: [], hash: '', gone: true },
  };
}

/** Values only: rows that lookups point at are left out. */
export const rowOf = (row: SourceRow): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      value === undefined || (typeof value === 'object' && value !== null) ? [] : [[name, value]],
    ),
  );
