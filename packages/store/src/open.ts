import { existsSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StateStore, StateStoreSettings } from '@isthmus/core';
import { databaseOn, type Database } from './database.js';
import { openDriver, type Driver } from './driver.js';
import { storeFailure } from './failure.js';
import { storeErrors } from './errors.js';
import { checkFormat, migrate } from './migrations.js';
import { networkShareAt } from './network-share.js';
import { storeOn } from './store.js';

/** A batch of another process is written in milliseconds; who waits this long waits for a process that hangs. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens or creates the store. Several processes may have the same file open at once.
 *
 * @param settings.path a file on a local disk; it is created where it does not exist, and its folders too
 */
export async function openSqliteStore(settings: StateStoreSettings): Promise<StateStore> {
  const path = resolve(settings.path);
  try {
    await mustBeWritable(path);
  } catch (thrown) {
    throw storeFailure(path, thrown);
  }
  const share = await networkShareAt(dirname(path));
  if (share) throw storeErrors.STORE_ON_SHARE({ path, share });
  return openOn(openDriver(path, BUSY_TIMEOUT_MS), path, settings.actor);
}

/** SQLite says no more than "cannot open"; the file system knows why. */
async function mustBeWritable(path: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // The write-ahead log is a file beside the store.
  await access(folder, constants.W_OK);
  if (existsSync(path)) await access(path, constants.R_OK | constants.W_OK);
}

/** Takes the driver over: it is closed with the store, or where that cannot be opened. */
export async function openOn(driver: Driver, path: string, actor = thisUser()): Promise<StateStore> {
  try {
    const db = databaseOn(driver, path);
    checkFormat(db);
    beSafe(db);
    await writeAhead(db);
    migrate(db);
    return storeOn(db, actor);
  } catch (thrown) {
    driver.close();
    throw thrown;
  }
}

/**
 * In write-ahead mode a killed process never loses what was committed. NORMAL waits for the disk only when the log moves
 * into the file, not at each commit: a power failure may cost the last transactions, but only from the end, never one in
 * the middle and never the file. That is enough: a checkpoint is committed after the batches that it covers, and a run
 * looks in the destination before it creates a row that it does not remember. FULL would cost one disk flush per batch.
 */
function beSafe(db: Database): void {
  db.execute(`
    PRAGMA synchronous = NORMAL;
    PRAGMA checkpoint_fullfsync = ON; -- on macOS, the disk's own cache as well
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -32768; -- KiB
    PRAGMA wal_autocheckpoint = 8000; -- pages; 32 MiB of log before pages move to the file
  `);
}

/** Where several processes create the store together, SQLite lets one switch and refuses the others at once. */
async function writeAhead(db: Database): Promise<void> {
  const deadline = Date.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      return db.execute('PRAGMA journal_mode = WAL');
    } catch (thrown) {
      const failure = storeFailure(db.path, thrown);
      if (failure.recovery !== 'retry' || Date.now() > deadline) throw failure;
      await sleep(10);
    }
  }
}

function thisUser(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    // A container may run under a number that no user goes by.
    return `user ${process.getuid?.() ?? ''}@${hostname()}`;
  }
}
