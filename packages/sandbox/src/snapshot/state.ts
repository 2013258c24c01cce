import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errors } from '../errors.js';
import type { Deletion, Table } from '../store/index.js';

/** Of the files; what another version of the sandbox wrote is not read. */
export const FORMAT = 2;

/** The sample company that untouched rows are made from again; the digest tells whether this sandbox still makes the same. */
export interface CompanyMark {
  readonly seed: number;
  readonly scale: number;
  readonly digest: string;
}

/** Where in the table's file a page of rows lies. */
export interface PageEntry {
  readonly page: number;
  readonly offset: number;
  readonly bytes: number;
  readonly crc: number;
  /** No row of the page has a newer version. */
  readonly newest: number;
}

/** A table that was changed: its pages in the file, and all others as the sample company has them. */
export interface TableState {
  readonly length: number;
  readonly size: number;
  readonly deletions: readonly Deletion[];
  readonly pages: readonly PageEntry[];
}

export interface State {
  readonly format: typeof FORMAT;
  /** Null where the sandbox was started empty. */
  readonly company: CompanyMark | null;
  readonly version: number;
  readonly sequences: readonly (readonly [string, number])[];
  /** By set; a table that is not named is as the sample company has it. */
  readonly tables: Readonly<Record<string, TableState>>;
}

export interface Snapshot {
  readonly folder: string;
  readonly state: State;
}

export const stateFile = (folder: string): string => join(folder, 'state.json');
export const rowsFile = (folder: string, { schema }: Table): string => join(folder, `${schema.model.set}.rows`);

export const hasSnapshot = (folder: string): boolean => existsSync(stateFile(folder));

export async function readSnapshot(folder: string): Promise<Snapshot> {
  const file = stateFile(folder);
  try {
    const state: State = JSON.parse(await readFile(file, 'utf8'));
    if (isState(state)) return { folder, state };
  } catch (cause) {
    throw errors.SANDBOX_SNAPSHOT_UNREADABLE({ file }, { cause });
  }
  throw errors.SANDBOX_SNAPSHOT_UNREADABLE({ file });
}

const isState = ({ format, version, sequences, tables }: State): boolean =>
  format === FORMAT &&
  Number.isSafeInteger(version) &&
  Array.isArray(sequences) &&
  Object.values(tables).every(
    ({ length, size, deletions, pages }) =>
      Number.isSafeInteger(length) && size <= length && Array.isArray(deletions) && Array.isArray(pages),
  );
