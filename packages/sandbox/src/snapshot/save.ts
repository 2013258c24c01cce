import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { copyFile, link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { Page, Store, Table } from '../store/index.js';
import { ROWS_PER_PAGE } from '../store/index.js';
import { FilePages } from './file-pages.js';
import { encodePage } from './page-format.js';
import type { CompanyMark, PageEntry, State, TableState } from './state.js';
import { FORMAT, rowsFile, stateFile } from './state.js';

/** Writes what differs from the sample company beside the old snapshot, and then puts it in its place. */
export async function saveSnapshot(store: Store, folder: string, company: CompanyMark | null): Promise<void> {
  const [fresh, old] = [`${folder}.new`, `${folder}.old`];
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const tables: Record<string, TableState> = {};
  for (const table of store.tables) {
    const { pages, size, deletions, schema } = table;
    const written = await savePages(table, rowsFile(fresh, table));
    const touched = pages.changed.size > 0 || pages.source instanceof FilePages;
    if (touched) tables[schema.model.set] = { length: pages.length, size, deletions, pages: written };
  }
  const state: State = { format: FORMAT, company, version: store.version, sequences: [...store.sequences], tables };
  await writeFile(stateFile(fresh), JSON.stringify(state));
  await rm(old, { recursive: true, force: true });
  if (existsSync(folder)) await rename(folder, old);
  await rename(fresh, folder);
  await rm(old, { recursive: true, force: true });
}

/** The pages that were changed, now or before; those of before are taken over as they are. */
async function savePages({ pages: { changed, source }, schema }: Table, file: string): Promise<PageEntry[]> {
  const before = source instanceof FilePages ? source : undefined;
  if (changed.size === 0) {
    if (before && before.entries.size > 0) await takeOver(before.file, file);
    return [...(before?.entries.values() ?? [])];
  }
  const entries: PageEntry[] = [];
  const stream = createWriteStream(file);
  let offset = 0;
  const write = async (page: number, newest: number, bytes: Uint8Array): Promise<void> => {
    entries.push({ page, offset, bytes: bytes.length, crc: crc32(bytes), newest });
    offset += bytes.length;
    if (!stream.write(bytes)) await once(stream, 'drain');
  };
  for (const entry of before?.entries.values() ?? []) {
    if (!changed.has(entry.page) && before) await write(entry.page, entry.newest, before.bytesOf(entry));
  }
  for (const [number, page] of changed) {
    await write(number, newestOf(page), encodePage(page, number * ROWS_PER_PAGE, schema));
  }
  await finished(stream.end());
  return entries;
}

const newestOf = (page: Page): number => page.reduce((newest, row) => Math.max(newest, row?.version ?? 0), 0);

/** Files are never changed in place, so the new folder may share them with the old one. */
async function takeOver(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    // Not every file system has links.
    await copyFile(from, to);
  }
}
