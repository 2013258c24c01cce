import type { HeldFilter, HeldRecord, HeldRecords, Settlement, TaskScope } from '@isthmus/core';
import type { Database } from './database.js';
import type { Parameter } from './driver.js';
import { withoutNulls } from './rows.js';
import { SCOPE } from './scopes.js';

/** Records carry whole rows, some kilobytes each. */
const PAGE_SIZE = 500;

type Numbered = HeldRecord & { readonly id: number };

const RECORD = `json_object(
  'id', h.id,
  'integration', s.integration,
  'task', s.task,
  'state', h.state,
  'sourceId', h.source_id,
  'key', h.record_key,
  'legalEntity', h.legal_entity,
  'source', json(h.source),
  'mapped', json(h.mapped),
  'errors', json(h.errors),
  'code', h.code,
  'waitsFor', json(iif(h.awaited_task IS NULL, NULL,
    json_object('integration', h.awaited_integration, 'task', h.awaited_task, 'key', h.awaited_key,
      'by', h.awaited_by))),
  'attempts', h.attempts,
  'runId', h.run_id,
  'since', h.since
)`;

export function heldRecords(db: Database): HeldRecords {
  const ready = db.query<Numbered>(`
    SELECT ${RECORD}
    FROM held AS h CROSS JOIN scope AS s ON s.id = h.scope
    CROSS JOIN scope AS awaited ON awaited.integration = h.awaited_integration AND awaited.task = h.awaited_task
    WHERE h.scope = ${SCOPE} AND h.state = 'deferred' AND h.id > ?3
      AND CASE h.awaited_by
        WHEN 'key' THEN EXISTS (SELECT 1 FROM cross_reference AS x WHERE x.scope = awaited.id
          AND x.legal_entity = h.legal_entity AND x.destination_key = h.awaited_key)
        ELSE EXISTS (SELECT 1 FROM cross_reference AS x WHERE x.scope = awaited.id AND x.source_id = h.awaited_key)
      END
    ORDER BY h.id LIMIT ${PAGE_SIZE}`);

  return {
    list(filter) {
      const { where, parameters } = conditionsOf(filter);
      const page = db.query<Numbered>(`
        SELECT ${RECORD} FROM held AS h CROSS JOIN scope AS s ON s.id = h.scope
        WHERE ${where} AND h.id > ? ORDER BY h.id LIMIT ${PAGE_SIZE}`);
      return walk((after) => page(...parameters, after));
    },
    async count(filter) {
      const { where, parameters } = conditionsOf(filter);
      const count = db.query<number>(`SELECT count(*) FROM held AS h WHERE ${where}`);
      return count(...parameters)[0] ?? 0;
    },
    ready: ({ integration, task }) => walk((after) => ready(integration, task, after)),
  };
}

/** Goes by id and never back, so that records may come and go on the way. */
async function* walk(pageAfter: (id: number) => Numbered[]): AsyncGenerator<HeldRecord[]> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page = pageAfter(after);
    if (page.length > 0) yield page.map(({ id: _id, ...record }) => withoutNulls(record));
    after = page.at(-1)?.id;
  }
}

const SCOPES = 'SELECT id FROM scope WHERE integration = coalesce(?, integration) AND task = coalesce(?, task)';

function conditionsOf({ integration, task, runId, state, sourceIds }: HeldFilter) {
  const oneTask = integration !== undefined && task !== undefined && sourceIds === undefined;
  const conditions: [sql: string, ...parameters: Parameter[]][] = [
    // One task is walked along its index. The plus withholds that index otherwise, with which SQLite would gather and
    // sort the rest of the walk for every page.
    [oneTask ? `h.scope = (${SCOPES})` : `+h.scope IN (${SCOPES})`, integration ?? null, task ?? null],
  ];
  if (runId !== undefined) conditions.push(['h.run_id = ?', runId]);
  if (state !== undefined) conditions.push(['h.state = ?', state]);
  if (sourceIds !== undefined) {
    conditions.push(['h.source_id IN (SELECT value FROM json_each(?))', JSON.stringify(sourceIds)]);
  }
  return {
    where: conditions.map(([sql]) => sql).join(' AND '),
    parameters: conditions.flatMap(([, ...parameters]) => parameters),
  };
}

export interface HeldRecordWriter {
  put(scope: TaskScope, runId: string, records: Settlement['held']): void;
  release(scope: TaskScope, sourceIds: readonly string[]): void;
}

/** The part of a settlement that concerns held records. To be called inside its transaction. */
export function heldRecordWriter(db: Database): HeldRecordWriter {
  const put = db.command(`
    INSERT INTO held (scope, source_id, state, record_key, legal_entity, awaited_integration, awaited_task, awaited_by,
      awaited_key, code, attempts, run_id, since, source, mapped, errors)
    SELECT ${SCOPE}, value ->> 'sourceId', value ->> 'state', value ->> 'key', value ->> 'legalEntity',
      value ->> '$.waitsFor.integration', value ->> '$.waitsFor.task', value ->> '$.waitsFor.by',
      value ->> '$.waitsFor.key', value ->> 'code', 1, ?3, value ->> 'since', value -> 'source',
      value -> 'mapped', value -> 'errors'
    FROM json_each(?4) WHERE true
    ON CONFLICT (source_id, scope) DO UPDATE SET
      state = excluded.state, record_key = excluded.record_key, legal_entity = excluded.legal_entity,
      awaited_integration = excluded.awaited_integration, awaited_task = excluded.awaited_task,
      awaited_by = excluded.awaited_by, awaited_key = excluded.awaited_key,
      code = excluded.code, attempts = attempts + 1, run_id = excluded.run_id,
      source = excluded.source, mapped = excluded.mapped, errors = excluded.errors`);

  const release = db.command(`
    DELETE FROM held WHERE scope = ${SCOPE} AND source_id IN (SELECT value FROM json_each(?3))`);

  return {
    put: ({ integration, task }, runId, records) => void put(integration, task, runId, JSON.stringify(records)),
    release: ({ integration, task }, sourceIds) => void release(integration, task, JSON.stringify(sourceIds)),
  };
}
