import { closeSync, createWriteStream, existsSync, openSync, readSync, statSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { errors } from './errors.js';
import type { Deletion, Store, StoredRow, Table, Value } from './store/index.js';
import { SharedTexts } from './store/index.js';

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
  for (const asleep of store.tables) {
    const kept = join(folder, fileOf(asleep));
    if (!store.isFilled(asleep) && existsSync(kept)) {
      await copyFile(kept, join(fresh, fileOf(asleep)));
      continue;
    }
    const table = store.tableOf(asleep.schema);
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
    const rows = join(folder, fileOf(table));
    checkEnds(rows);
    store.fillLater(table, () => loadRows(table, rows));
  }
}

const fileOf = ({ schema }: Table): string => `${schema.model.set}.jsonl`;

function loadRows(table: Table, file: string): void {
  if (!existsSync(file)) return;
  const { width, byName } = table.schema;
  const slots = slotNames(table).map(([slot, name]) => ({ slot, name, column: byName.get(name) }));
  const shared = new SharedTexts();
  for (const text of linesOf(file)) {
    const [id, version, named] = parse<Line>(text, file);
    const values = new Array<Value>(width).fill(null);
    for (const { slot, name, column } of slots) {
      const value = named[name] ?? null;
      values[slot] = column ? shared.get(value, column) : value;
    }
    table.restore({ id, version, values });
  }
}

/** Rows are read when they are asked for, and a file that was cut off or overwritten shows at its ends: say so at the start. */
function checkEnds(file: string): void {
  if (!existsSync(file)) return;
  for (const first of linesOf(file)) {
    parse<Line>(first, file);
    break;
  }
  const size = statSync(file).size;
  const handle = openSync(file, 'r');
  try {
    const tail = Buffer.alloc(Math.min(size, CHUNK_BYTES));
    readSync(handle, tail, 0, tail.length, size - tail.length);
    const last = tail.toString('utf8').trimEnd().split('\n').at(-1);
    if (last) parse<Line>(last, file);
  } finally {
    closeSync(handle);
  }
}

const CHUNK_BYTES = 1 << 20;

/** Line by line, and without waiting: a table is filled while a request asks for it. */
function* linesOf(file: string): Generator<string> {
  const handle = openSync(file, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = '';
    for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk)) {
      const found = (rest + decoder.write(chunk.subarray(0, read))).split('\n');
      rest = found.pop() ?? '';
      yield* found;
    }
    if (rest) yield rest;
  } finally {
    closeSync(handle);
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
