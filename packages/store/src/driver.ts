import Libsql from 'libsql';
import { storeErrors } from './errors.js';

/** No booleans and no lone `undefined`: libsql aborts the process on the one and mistakes the other. */
export type Parameter = string | number | null;

/**
 * All that the store asks of an SQLite library, so that another one can take its place here.
 * What it throws carries SQLite's name of the failure in `code`, for example `SQLITE_FULL`.
 */
export interface Driver {
  /** SQLite may end a transaction by itself, for example when the disk is full. */
  readonly inTransaction: boolean;
  execute(sql: string): void;
  prepare(sql: string): PreparedStatement;
  close(): void;
}

export interface PreparedStatement {
  /** @returns how many rows were inserted, updated or deleted */
  run(parameters: readonly Parameter[]): number;
  /** @returns the first column of every row */
  column(parameters: readonly Parameter[]): unknown[];
}

/** @param busyTimeoutMs how long a statement waits for another process to finish its transaction */
export function openDriver(path: string, busyTimeoutMs: number): Driver {
  const connection = connect(path, busyTimeoutMs);
  return {
    get inTransaction() {
      return connection.inTransaction;
    },
    execute: (sql) => void connection.exec(sql),
    prepare(sql) {
      const statement = connection.prepare(sql);
      return {
        run: (parameters) => statement.run(parameters).changes,
        // Rows as arrays cross into JavaScript faster than rows as objects.
        column: (parameters) => statement.raw().all(parameters).map(firstOf),
      };
    },
    close: () => void connection.close(),
  };
}

function connect(path: string, timeout: number): Libsql.Database {
  try {
    return new Libsql(path, { timeout });
  } catch (cause) {
    // The one failure to which libsql gives no code.
    throw storeErrors.STORE_CANNOT_OPEN({ path, detail: 'SQLite cannot open it' }, { cause });
  }
}

const firstOf = (row: unknown): unknown => (Array.isArray(row) ? row[0] : row);
