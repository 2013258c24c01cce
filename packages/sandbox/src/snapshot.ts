import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errors } from './errors.js';
import type { Deletion, Store, StoredRow, Table, Value } from './store/index.js';

/** The counters of a store and what was deleted from it; the rows lie in one file for each set, a row a line. */
interface State {
  readonly version: number;
  readonly sequences: readonly (readonly [string, number])[];
  readonly deletions: Readonly<Record<string, readonly Deletion[]>>;
}

/** A row's id, its version, and its values by name, so that a column more or less does not spoil the file. */
type Line = readonly [number, number, Readonly<Record<string, Value>>];

const STATE = 'state.json';

export const hasSnapshot = (folder: string): boolean => existsSync(join(folder, STATE));

/** Writes the whole store beside the old snapshot, and then puts it in its place. */
export async function saveSnapshot(store: Store, folder: string): Promise<void> {
  const [fresh, old] = [`${folder}.new`, `${folder}.old`];
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  for (const { schema } of store.tables) {
    const table = store.tableOf(schema);
    if (table) await pipeline(Readable.from(lines(table)), createWriteStream(join(fresh, fileOf(table))));
  }
  const state: State = {
    version: store.version,
    sequences: [...store.sequences],
    deletions: Object.fromEntries(store.tables.map((table) => [table.schema.model.set, table.deletions])),
  };
  await writeFile(join(fresh, STATE), JSON.stringify(state));
  await rm(old, { recursive: true, force: true });
  if (existsSync(folder)) await rename(folder, old);
  await rename(fresh, folder);
  await rm(old, { recursive: true, force: true });
}

export async function loadSnapshot(store: Store, folder: string): Promise<void> {
  const file = join(folder, STATE);
  const state = parse<State>(await readFile(file, 'utf8'), file);
  store.version = state.version;
  for (const [prefix, number] of state.sequences) store.sequences.set(prefix, number);
  for (const table of store.tables) {
    table.deletions.push(...(state.deletions[table.schema.model.set] ?? []));
    await loadRows(table, join(folder, fileOf(table)));
  }
}

const fileOf = ({ schema }: Table): string => `${schema.model.set}.jsonl`;

async function loadRows(table: Table, file: string): Promise<void> {
  if (!existsSync(file)) return;
  const { width } = table.schema;
  const slots = slotNames(table);
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const [id, version, named] = parse<Line>(text, file);
    const values = new Array<Value>(width).fill(null);
    for (const [slot, name] of slots) values[slot] = named[name] ?? null;
    table.restore({ id, version, values });
  }
}

function* lines(table: Table): Generator<string> {
  const slots = slotNames(table);
  for (const row of table.rows) if (row) yield line(row, slots);
}

function line({ id, version, values }: StoredRow, slots: readonly (readonly [number, string])[]): string {
  const named: Record<string, Value> = {};
  for (const [slot, name] of slots) {
    const value = values[slot];
    if (value !== null && value !== undefined) named[name] = value;
  }
  return `${JSON.stringify([id, version, named])}\n`;
}

/** Every slot of a row with a name, those that are never served included. */
function slotNames({ schema }: Table): (readonly [number, string])[] {
  return schema.columns.flatMap((column) => [
    [column.slot, column.name] as const,
    ...(column.typeSlot === undefined ? [] : [[column.typeSlot, `${column.name}@type`] as const]),
  ]);
}

function parse<T>(text: string, file: string): T {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw errors.SANDBOX_SNAPSHOT_UNREADABLE({ file }, { cause });
  }
}
