import type { Dispatch, Incident, Incidents, WaitingDispatch } from '@isthmus/core';
import type { Database } from './database.js';

/** A message that is put off further than this was put off by a clock that has been wrong. */
const FURTHEST_MS = 86_400_000;

export function incidents(db: Database): Incidents {
  const list = db.query<Incident>(`
    SELECT json_object('integration', integration, 'kind', kind, 'since', since) FROM incident ORDER BY since`);

  const insert = db.command(
    'INSERT INTO incident (integration, kind, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING',
  );

  const remove = db.command('DELETE FROM incident WHERE integration = ?1 AND kind = ?2');

  const post = db.command('INSERT INTO dispatch (channel, message, attempts, not_before) VALUES (?1, ?2, 0, 0)');

  const due = db.query<WaitingDispatch>(`
    SELECT json_object('id', id, 'channel', channel, 'message', json(message), 'attempts', attempts + 1)
    FROM dispatch WHERE not_before <= ?1 OR not_before > ?1 + ${FURTHEST_MS} ORDER BY id`);

  const putOff = db.command('UPDATE dispatch SET attempts = ?2, not_before = ?3 WHERE id = ?1');

  const drop = db.command('DELETE FROM dispatch WHERE id = ?1');

  const changing = (change: () => number, dispatches: readonly Dispatch[]): boolean =>
    db.transaction(() => {
      if (change() === 0) return false;
      for (const { channel, message } of dispatches) post(channel, JSON.stringify(message));
      return true;
    });

  return {
    async list() {
      return list();
    },
    async open({ integration, kind, since }, dispatches) {
      return changing(() => insert(integration, kind, since), dispatches);
    },
    async close({ integration, kind }, dispatches) {
      return changing(() => remove(integration, kind), dispatches);
    },
    async take(now, retryAt) {
      return db.transaction(() => {
        const taken = due(now);
        for (const { id, attempts } of taken) putOff(id, attempts, retryAt(attempts));
        return taken;
      });
    },
    async delivered(id) {
      drop(id);
    },
  };
}
