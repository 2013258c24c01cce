import type { AuditEntry, AuditHead, AuditTrail } from '@isthmus/core';
import { chained, ChainCheck, type StoredEntry } from './audit-chain.js';
import type { Database } from './database.js';

const PAGE_SIZE = 500;

const ENTRY = `json_object(
  'number', number, 'at', at, 'actor', actor, 'action', action, 'subject', subject, 'details', details,
  'previous', previous, 'hash', hash
)`;

export function auditTrail(db: Database, actor: string): AuditTrail {
  const insert = db.command(`
    INSERT INTO audit (number, at, actor, action, subject, details, previous, hash)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`);

  const head = db.query<AuditHead>(`
    SELECT json_object('number', number, 'hash', hash) FROM audit ORDER BY number DESC LIMIT 1`);

  const before = db.query<StoredEntry>(`
    SELECT ${ENTRY} FROM audit
    WHERE number < ?1 AND (?2 IS NULL OR action = ?2) AND (?3 IS NULL OR actor = ?3)
      AND (?4 IS NULL OR instr(lower(subject), lower(?4)) > 0) AND (?5 IS NULL OR at >= ?5)
    ORDER BY number DESC LIMIT ${PAGE_SIZE}`);

  const after = db.query<StoredEntry>(`
    SELECT ${ENTRY} FROM audit WHERE number > ?1 ORDER BY number LIMIT ${PAGE_SIZE}`);

  /** Outlives the entries themselves. */
  const highest = db.query<number>(`SELECT seq FROM sqlite_sequence WHERE name = 'audit'`);

  return {
    async append(note) {
      return db.transaction(() => {
        const entry = chained(note, { actor, at: new Date().toISOString(), head: head()[0] });
        const { number, at, action, subject, details, previous, hash } = entry;
        insert(number, at, actor, action, subject, details, previous, hash);
        return published(entry);
      });
    },
    async *list({ action = null, actor: by = null, subject = null, since = null }) {
      for (let from = Number.MAX_SAFE_INTEGER; ;) {
        const page = before(from, action, by, subject, since);
        const last = page.at(-1);
        if (!last) return;
        yield page.map(published);
        from = last.number;
      }
    },
    async verify(expected) {
      const check = new ChainCheck(expected);
      for (let page = after(0); page.length > 0 && check.goesOn; page = after(check.position)) {
        for (const entry of page) check.take(entry);
      }
      return check.verdict(highest()[0] ?? 0);
    },
  };
}

const published = (entry: StoredEntry): AuditEntry => ({
  ...entry,
  details: JSON.parse(entry.details) as AuditEntry['details'],
});
