import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { StateStore } from '@isthmus/core';
import { databaseOn, type Database } from './database.js';
import { openDriver } from './driver.js';
import { storeFailure } from './failure.js';

/**
 * A copy in a file beside the store, as of one moment, whatever other processes write meanwhile. Half a million
 * cross-references take a third of a second.
 *
 * @param storeOn makes a store of the copy
 */
export async function draftOf(db: Database, storeOn: (copy: Database) => StateStore): Promise<StateStore> {
  const path = `${db.path}.draft-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    db.command('VACUUM INTO ?1')(path);
    return openDraft(path, storeOn);
  } catch (thrown) {
    rmSync(path, { force: true });
    throw storeFailure(path, thrown);
  }
}

/** Nothing of it needs to last. */
function openDraft(path: string, storeOn: (copy: Database) => StateStore): StateStore {
  const driver = openDriver(path, 0);
  const draft = databaseOn(driver, path);
  draft.execute(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = MEMORY;
    PRAGMA synchronous = OFF;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -32768; -- KiB
  `);
  const isGone = unlinked(path);
  const store = storeOn(draft);
  return {
    ...store,
    async close() {
      await store.close();
      if (!isGone) rmSync(path, { force: true });
    },
  };
}

/** Where the system allows it, the name goes at once: a process that is killed leaves nothing behind. */
function unlinked(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch {
    // Windows keeps the name of an open file.
    return false;
  }
}
