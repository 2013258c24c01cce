import type { Digests } from '@isthmus/core';
import type { Database } from './database.js';
import { fences } from './fence.js';
import { SCOPE, scopes } from './scopes.js';

export function digests(db: Database): Digests {
  const addScope = scopes(db);
  const requireLease = fences(db);

  const bySource = db.query<readonly [string, string]>(`
    SELECT json_array(d.source_id, d.digest)
    FROM json_each(?3) AS asked CROSS JOIN digest AS d
    WHERE d.scope = ${SCOPE} AND d.source_id = asked.value`);

  const keep = db.command(`
    INSERT INTO digest (scope, source_id, digest)
    SELECT ${SCOPE}, value ->> 0, value ->> 1 FROM json_each(?3) WHERE true
    ON CONFLICT (scope, source_id) DO UPDATE SET digest = excluded.digest`);

  const forget = db.command(`
    DELETE FROM digest WHERE scope = ${SCOPE} AND source_id IN (SELECT value FROM json_each(?3))`);

  const forgetAll = db.command(`DELETE FROM digest WHERE scope = ${SCOPE}`);

  return {
    async bySource({ integration, task }, sourceIds) {
      return new Map(bySource(integration, task, JSON.stringify(sourceIds)));
    },
    async keep(scope, kept, lease) {
      db.transaction(() => {
        requireLease(lease);
        addScope(scope);
        keep(scope.integration, scope.task, JSON.stringify([...kept]));
      });
    },
    async forget({ integration, task }, sourceIds) {
      forget(integration, task, JSON.stringify(sourceIds));
    },
    async forgetAll({ integration, task }) {
      forgetAll(integration, task);
    },
  };
}
