import { compilePath, type CompiledMapping, type Ruling, type SourceRow } from '@isthmus/core';
import type { TaskContext } from './context.js';
import { hashOf } from './hash.js';
import type { TaskRecord } from './record.js';

/** Of what the mapping reads of a row: whether a ruling on it still stands. */
export function sourceHash({ paths }: Pick<CompiledMapping, 'paths'>, row: SourceRow): string {
  return hashOf('', Object.fromEntries(paths.map((path) => [path, compilePath(path)(row)])));
}

/** What a person has decided about records of the batch takes effect, unless their source rows have changed since. */
export async function applyRulings(context: TaskContext, records: readonly TaskRecord[]): Promise<void> {
  const { store, scope, mapping, ruled } = context;
  if (!ruled) return;
  const rulings = await store.rulings.get(
    scope,
    records.map(({ sourceId }) => sourceId),
  );
  if (rulings.size === 0) return;
  for (const record of records) {
    const ruling = rulings.get(record.sourceId);
    if (!ruling) continue;
    if (ruling.sourceHash === sourceHash(mapping, record.source)) apply(ruling, record);
    else record.overtaken = true;
  }
}

function apply({ kind, fields = {} }: Ruling, record: TaskRecord): void {
  if (kind === 'drop') {
    record.outcome = 'filtered';
    return;
  }
  Object.assign(record.mapped, fields);
  record.edited = new Set(Object.keys(fields));
  const left = record.faults.filter(({ place }) => !record.edited?.has(place.field ?? ''));
  record.faults.splice(0, record.faults.length, ...left);
}
