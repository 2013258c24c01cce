import { defineErrors, error } from '@isthmus/core';

export const storeErrors = defineErrors('@isthmus/store', {
  STORE_CANNOT_OPEN: error<{ path: string; detail: string }>({
    recovery: 'fatal',
    message: ({ path, detail }) => `The store ${path} cannot be opened for writing (${detail}).`,
    cause: 'The file, its -wal or -shm or its folder cannot be created or written by this user, or is no plain file.',
    remedy: 'Give this user the right to write the folder and the files in it, or name another file in `store`.',
  }),
  STORE_ON_SHARE: error<{ path: string; share: string }>({
    recovery: 'fatal',
    message: ({ path, share }) => `The store ${path} would lie on a network share (${share}).`,
    cause:
      'SQLite keeps processes of one machine apart, not those of several: two hosts on one file damage it, and would deliver rows twice.',
    remedy:
      'Name a file on a disk of this machine in `store`, and let one machine run an integration. To move to another machine, take the file along while nothing runs.',
  }),
  STORE_NOT_A_STORE: error<{ path: string }>({
    recovery: 'fatal',
    message: ({ path }) => `${path} is not a store of Isthmus.`,
    cause: 'The file is something else: no database at all, or the database of another program. It was left as it is.',
    remedy: 'Name another file in `store`. A file that does not exist yet is created.',
  }),
  STORE_NEWER_VERSION: error<{ path: string; found: number; known: number }>({
    recovery: 'fatal',
    message: ({ path, found, known }) =>
      `The store ${path} has format ${found}; this version of Isthmus knows formats up to ${known}.`,
    cause: 'A newer version of Isthmus has written the store. An older one would misread it, so it was left as it is.',
    remedy: 'Update Isthmus to the version that wrote the store, or name another file in `store`.',
  }),
  STORE_DAMAGED: error<{ path: string; detail: string }>({
    recovery: 'fatal',
    message: ({ path, detail }) => `The store ${path} is damaged (${detail}).`,
    cause: 'The file was changed by something else, was copied while in use, or the disk has lost part of it.',
    remedy:
      'Restore the file from a backup. Without one, move it away with its -wal and -shm: the next run starts anew and reads everything again; history and held records are lost.',
  }),
  STORE_FULL: error<{ path: string }>({
    recovery: 'fatal',
    message: ({ path }) => `There is no room left on the disk for the store ${path}.`,
    cause: 'The disk, or the quota of this user, is full. What was settled before is safe.',
    remedy: 'Make room on the disk and run again; the run goes on from the last settled batch.',
  }),
  STORE_BUSY: error<{ path: string }>({
    recovery: 'retry',
    message: ({ path }) => `The store ${path} was kept locked by another process for too long.`,
    cause: 'Another process holds a write transaction: a second run, a backup, or a database tool left open.',
    remedy: 'Wait for the other process, or end it, and run again.',
  }),
  STORE_CLOSED: error<{ path: string }>({
    recovery: 'fatal',
    message: ({ path }) => `The store ${path} was used after it had been closed.`,
    cause: 'A plugin or a hook has kept the store beyond the end of the run.',
    remedy: 'Report it to the author of the plugin; nothing was written.',
  }),
  STORE_RUN_UNKNOWN: error<{ path: string; runId: string }>({
    recovery: 'fatal',
    message: ({ path, runId }) => `The store ${path} has no run ${runId}.`,
    cause: 'Figures were reported for a run that was never begun in this store.',
    remedy: 'Check that the run is given the same store from beginning to end.',
  }),
  STORE_LEASE_LOST: error<{ path: string; name: string; holder: string }>({
    recovery: 'fatal',
    message: ({ name, holder }) => `The lease '${name}' belongs to somebody else by now (${holder}).`,
    cause:
      'This process did not renew its lease in time, because it was suspended or the clock was changed. What it came to after that was not remembered.',
    remedy: 'Run again: it goes on from what was remembered, and looks in the destination before it creates anything.',
  }),
  STORE_FAILED: error<{ path: string; detail: string }>({
    recovery: 'fatal',
    message: ({ path, detail }) => `The store ${path} failed: ${detail}.`,
    cause: 'The disk or the file system refused to read or write, or the store was asked for something impossible.',
    remedy: 'Check the disk and the permissions of the file, its -wal and its -shm, and run again.',
  }),
});
