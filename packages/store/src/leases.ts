import type { Leases } from '@isthmus/core';
import type { Database } from './database.js';

interface Holding {
  readonly holder: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/**
 * Times are those of this machine's clock, which all processes that share the file see. An end further away than any
 * lease lasts was written before the clock was put back, and says nothing. Whoever loses a living lease that way finds
 * out before it writes anything more (see fence.ts).
 */
export function leases(db: Database): Leases {
  const take = db.command(`
    INSERT INTO lease (name, holder, since, expires_at) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (name) DO UPDATE SET
      holder = excluded.holder,
      since = iif(holder = excluded.holder, since, excluded.since),
      expires_at = excluded.expires_at
    WHERE holder = excluded.holder OR expires_at <= ?5 OR expires_at > ?6`);

  const held = db.query<Holding>(`SELECT json_object('holder', holder, 'since', since) FROM lease WHERE name = ?1`);

  const renew = db.command('UPDATE lease SET expires_at = ?3 WHERE name = ?1 AND holder = ?2');

  const release = db.command('DELETE FROM lease WHERE name = ?1 AND holder = ?2');

  return {
    async acquire(name, holder, ttlMs) {
      return db.transaction(() => {
        const now = Date.now();
        const taken = take(name, holder, new Date(now).toISOString(), now + ttlMs, now, now + 2 * ttlMs) > 0;
        return taken ? undefined : held(name)[0];
      });
    },
    async get(name) {
      return held(name)[0];
    },
    async renew(name, holder, ttlMs) {
      return renew(name, holder, Date.now() + ttlMs) > 0;
    },
    async release(name, holder) {
      release(name, holder);
    },
  };
}
