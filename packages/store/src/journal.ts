import type { Journal, SentBatch } from '@isthmus/core';
import type { Database } from './database.js';
import { fences } from './fence.js';
import { SCOPE, scopes } from './scopes.js';

export function journal(db: Database): Journal {
  const addScope = scopes(db);
  const requireLease = fences(db);

  const add = db.query<number>(`
    INSERT INTO journal (scope, run_id, source_ids, at) VALUES (${SCOPE}, ?3, ?4, ?5) RETURNING id`);

  const unanswered = db.query<SentBatch & { id: number }>(`
    SELECT json_object('id', id, 'integration', ?1, 'task', ?2, 'runId', run_id, 'sourceIds', json(source_ids), 'at', at)
    FROM journal WHERE scope = ${SCOPE} ORDER BY id`);

  return {
    async send(batch, lease) {
      return db.transaction(() => {
        requireLease(lease);
        addScope(batch);
        const { integration, task, runId, sourceIds, at } = batch;
        return add(integration, task, runId, JSON.stringify(sourceIds), at)[0] ?? 0;
      });
    },
    async unanswered({ integration, task }) {
      return unanswered(integration, task);
    },
  };
}

/** The part of a settlement that concerns the journal. To be called inside its transaction. */
export function journalWriter(db: Database): { answer(ids: readonly number[]): void } {
  const answer = db.command('DELETE FROM journal WHERE id IN (SELECT value FROM json_each(?1))');
  return { answer: (ids) => void answer(JSON.stringify(ids)) };
}
