import type { PageSource, Store, Table } from '../store/index.js';
import { FilePages } from './file-pages.js';
import { rowsFile, type Snapshot } from './state.js';

/** @param beginning what the sample company gives the tables; the snapshot holds what differs from it */
export function loadSnapshot(store: Store, beginning: ReadonlyMap<Table, PageSource>, snapshot?: Snapshot): void {
  for (const table of store.tables) {
    const start = beginning.get(table);
    const kept = snapshot?.state.tables[table.schema.model.set];
    const source = snapshot && kept ? new FilePages(rowsFile(snapshot.folder, table), table, kept, start) : start;
    if (source) table.startWith(source);
    table.deletions.push(...(kept?.deletions ?? []));
  }
  if (!snapshot) return;
  store.version = snapshot.state.version;
  for (const [prefix, number] of snapshot.state.sequences) store.sequences.set(prefix, number);
}
