import type { StoredRow, Value } from '../../store/index.js';
import type { Draft } from '../draft.js';

/** Writes what a row becomes into another entity, under the same key and with the fields that both have. */
export function carryInto(set: string, draft: Draft, row: StoredRow, more: Readonly<Record<string, Value>> = {}): void {
  const target = draft.store.table(set);
  if (!target) return;
  const source = draft.table.schema;
  const key = target.schema.key.map(({ name }) => row.values[source.byName.get(name)?.slot ?? -1] ?? null);
  const values = target.schema.columns.map(({ name }) => {
    const slot = source.byName.get(name)?.slot;
    return slot === undefined ? (more[name] ?? '') : (row.values[slot] ?? null);
  });
  const old = target.byKey(...key);
  if (old) target.replace(old, values, draft.store.nextVersion());
  else target.insert(values, 1);
}
