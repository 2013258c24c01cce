import type { Lease } from '@isthmus/core';
import type { Database } from './database.js';
import { storeErrors } from './errors.js';

/**
 * Refuses what comes from a process that has lost its lease: it was suspended while another one took over, and what it
 * knows is out of date. To be called inside the transaction that it guards. A holder's name is never used again, so it
 * is all the token that is needed.
 */
export function fences(db: Database): (lease: Lease | undefined) => void {
  const holds = db.query<number>('SELECT EXISTS (SELECT 1 FROM lease WHERE name = ?1 AND holder = ?2)');
  const holder = db.query<string>('SELECT json_quote(holder) FROM lease WHERE name = ?1');
  return (lease) => {
    if (!lease || holds(lease.name, lease.holder)[0] === 1) return;
    throw storeErrors.STORE_LEASE_LOST({ path: db.path, name: lease.name, holder: holder(lease.name)[0] ?? 'nobody' });
  };
}
