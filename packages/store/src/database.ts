import type { Driver, Parameter, PreparedStatement } from './driver.js';
import { storeErrors } from './errors.js';
import { storeFailure } from './failure.js';

/** A connection whose failures are errors of the catalogue, and whose statements are prepared once. */
export interface Database {
  readonly path: string;
  /** Runs statements that take no parameters and answer nothing. */
  execute(sql: string): void;
  /** @returns a function that writes, and says how many rows it changed */
  command(sql: string): (...parameters: Parameter[]) => number;
  /**
   * Rows cross over as JSON, which SQLite builds and JavaScript parses faster than columns one by one.
   *
   * @param sql selects one column that holds JSON, shaped like `T`
   */
  query<T>(sql: string): (...parameters: Parameter[]) => T[];
  /** All of `work` or nothing. Takes the write lock at once, so that it cannot fail for it half-way. */
  transaction<T>(work: () => T): T;
  /** Anything else that is asked afterwards is refused. */
  close(): void;
}

export function databaseOn(driver: Driver, path: string): Database {
  const statements = new Map<string, PreparedStatement>();
  let closed = false;

  const guarded = <T>(work: () => T): T => {
    if (closed) throw storeErrors.STORE_CLOSED({ path });
    try {
      return work();
    } catch (thrown) {
      throw storeFailure(path, thrown);
    }
  };

  const prepared = (sql: string): PreparedStatement => {
    const statement = statements.get(sql) ?? driver.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  return {
    path,
    execute: (sql) => guarded(() => driver.execute(sql)),
    command:
      (sql) =>
      (...parameters) =>
        guarded(() => prepared(sql).run(parameters)),
    query:
      (sql) =>
      (...parameters) =>
        guarded(() =>
          prepared(sql)
            .column(parameters)
            .map((json) => JSON.parse(String(json))),
        ),
    transaction: (work) =>
      guarded(() => {
        driver.execute('BEGIN IMMEDIATE');
        try {
          const result = work();
          driver.execute('COMMIT');
          return result;
        } catch (thrown) {
          if (driver.inTransaction) driver.execute('ROLLBACK');
          throw thrown;
        }
      }),
    close() {
      if (closed) return;
      closed = true;
      statements.clear();
      foldLog(driver);
      driver.close();
    },
  };
}

/** Leaves one plain file behind. Where others use it, or the disk is full, the log stays, just as durable. */
function foldLog(driver: Driver): void {
  try {
    driver.execute('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // The next to open the store reads the log.
  }
}
