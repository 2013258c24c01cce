import type { Ruling, Rulings, TaskScope } from '@isthmus/core';
import type { Database } from './database.js';
import { conditionsOf, heldRecordWriter, walk } from './held.js';
import { withoutNulls } from './rows.js';
import { SCOPE, scopes } from './scopes.js';

const PAGE_SIZE = 1000;

/** As JSON, of a row `h`. */
export const RULING = `
  'sourceId', h.source_id, 'key', h.record_key, 'legalEntity', h.legal_entity, 'kind', h.kind, 'fields', json(h.fields),
  'sourceHash', h.source_hash, 'reason', h.reason, 'by', h.decided_by, 'at', h.at`;

export function rulings(db: Database): Rulings {
  const addScope = scopes(db);
  const writer = rulingWriter(db);
  const held = heldRecordWriter(db);

  const get = db.query<Ruling>(`
    SELECT json_object(${RULING}) FROM json_each(?3) AS asked CROSS JOIN ruling AS h
    WHERE h.scope = ${SCOPE} AND h.source_id = asked.value`);

  const has = db.query<number>(`SELECT EXISTS (SELECT 1 FROM ruling WHERE scope = ${SCOPE})`);

  return {
    async get({ integration, task }, sourceIds) {
      const found = get(integration, task, JSON.stringify(sourceIds)).map(withoutNulls);
      return new Map(found.map((ruling) => [ruling.sourceId, ruling]));
    },
    async has({ integration, task }) {
      return has(integration, task)[0] === 1;
    },
    list(filter) {
      const { where, parameters } = conditionsOf(filter, true);
      const page = db.query<TaskScope & Ruling & { id: number }>(`
        SELECT json_object('id', h.id, 'integration', s.integration, 'task', s.task, ${RULING})
        FROM ruling AS h CROSS JOIN scope AS s ON s.id = h.scope
        WHERE ${where} AND h.id > ? ORDER BY h.id LIMIT ${PAGE_SIZE}`);
      return walk((after) => page(...parameters, after));
    },
    async put(scope, entries) {
      db.transaction(() => {
        addScope(scope);
        writer.put(scope, entries);
        const dropped = entries.filter(({ kind }) => kind === 'drop').map(({ sourceId }) => sourceId);
        if (dropped.length > 0) held.release(scope, dropped);
      });
    },
    async lift(scope, sourceIds) {
      writer.lift(scope, sourceIds);
    },
  };
}

export interface RulingWriter {
  put(scope: TaskScope, entries: readonly Ruling[]): void;
  lift(scope: TaskScope, sourceIds: readonly string[]): void;
}

export function rulingWriter(db: Database): RulingWriter {
  const put = db.command(`
    INSERT OR REPLACE INTO ruling
      (scope, source_id, record_key, legal_entity, kind, fields, source_hash, reason, decided_by, at)
    SELECT ${SCOPE}, value ->> 'sourceId', value ->> 'key', value ->> 'legalEntity', value ->> 'kind',
      value -> 'fields', value ->> 'sourceHash', value ->> 'reason', value ->> 'by', value ->> 'at'
    FROM json_each(?3)`);

  const lift = db.command(`
    DELETE FROM ruling WHERE scope = ${SCOPE} AND source_id IN (SELECT value FROM json_each(?3))`);

  return {
    put: ({ integration, task }, entries) => void put(integration, task, JSON.stringify(entries)),
    lift: ({ integration, task }, sourceIds) => void lift(integration, task, JSON.stringify(sourceIds)),
  };
}
