import type { Checkpoint, Checkpoints } from '@isthmus/core';
import type { Database } from './database.js';
import { withoutNulls } from './rows.js';
import { SCOPE, scopes } from './scopes.js';

export function checkpoints(db: Database): Checkpoints {
  const addScope = scopes(db);

  const get = db.query<Checkpoint>(`
    SELECT json_object('token', token, 'fingerprint', fingerprint, 'at', at)
    FROM checkpoint WHERE scope = ${SCOPE}`);

  const save = db.command(`
    INSERT INTO checkpoint (scope, token, fingerprint, at) VALUES (${SCOPE}, ?3, ?4, ?5)
    ON CONFLICT (scope) DO UPDATE SET token = excluded.token, fingerprint = excluded.fingerprint, at = excluded.at`);

  const clear = db.command(`DELETE FROM checkpoint WHERE scope = ${SCOPE}`);

  return {
    async get({ integration, task }) {
      const [checkpoint] = get(integration, task);
      return checkpoint && withoutNulls(checkpoint);
    },
    async save(scope, { token, fingerprint, at }) {
      db.transaction(() => {
        addScope(scope);
        save(scope.integration, scope.task, token ?? null, fingerprint, at);
      });
    },
    async clear({ integration, task }) {
      clear(integration, task);
    },
  };
}
