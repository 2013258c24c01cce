import type { Checkpoint, Checkpoints } from '@isthmus/core';
import type { Database } from './database.js';
import { fences } from './fence.js';
import { withoutNulls } from './rows.js';
import { SCOPE, scopes } from './scopes.js';

/** To which `state rewind` can go back. */
const KEPT = 10;

export function checkpoints(db: Database): Checkpoints {
  const addScope = scopes(db);
  const requireLease = fences(db);

  const kept = db.query<Checkpoint>(`
    SELECT json_object('token', token, 'fingerprint', fingerprint, 'at', at)
    FROM checkpoint WHERE scope = ${SCOPE} ORDER BY id DESC LIMIT ?3`);

  const save = db.command(`INSERT INTO checkpoint (scope, token, fingerprint, at) VALUES (${SCOPE}, ?3, ?4, ?5)`);

  const forgetOld = db.command(`
    DELETE FROM checkpoint WHERE scope = ${SCOPE} AND id NOT IN (
      SELECT id FROM checkpoint WHERE scope = ${SCOPE} ORDER BY id DESC LIMIT ${KEPT})`);

  return {
    async get({ integration, task }) {
      return kept(integration, task, 1).map(withoutNulls)[0];
    },
    async save(entries, lease) {
      db.transaction(() => {
        requireLease(lease);
        for (const [scope, { token, fingerprint, at }] of entries) {
          const { integration, task } = scope;
          addScope(scope);
          save(integration, task, token ?? null, fingerprint, at);
          forgetOld(integration, task);
        }
      });
    },
    async kept({ integration, task }) {
      return kept(integration, task, KEPT).map(withoutNulls);
    },
  };
}
