import { errors } from '../errors.js';
import type { PageSource, Store, Table, Value } from '../store/index.js';
import { FilePages } from './file-pages.js';
import { rowsFile, type Snapshot } from './state.js';

/**
 * @param beginning what the sample company gives the tables; the snapshot holds what differs from it
 * @param blankOf what a row of a table holds where nobody has said anything
 */
export function loadSnapshot(
  store: Store,
  beginning: ReadonlyMap<Table, PageSource>,
  blankOf: (table: Table) => readonly Value[],
  snapshot?: Snapshot,
): void {
  const unknown = Object.keys(snapshot?.state.tables ?? {}).find((set) => !store.table(set));
  // Its rows would be gone with the next save.
  if (unknown !== undefined)
    throw errors.SANDBOX_OPTION_INVALID({ option: 'folder', reason: `it holds rows of ${unknown}` });
  for (const table of store.tables) {
    const start = beginning.get(table);
    const kept = snapshot?.state.tables[table.schema.model.set];
    const source =
      snapshot && kept ? new FilePages(rowsFile(snapshot.folder, table), table, kept, start, blankOf(table)) : start;
    if (source) table.startWith(source);
    table.deletions.push(...(kept?.deletions ?? []));
  }
  if (!snapshot) return;
  store.version = snapshot.state.version;
  for (const [prefix, number] of snapshot.state.sequences) store.sequences.set(prefix, number);
}
