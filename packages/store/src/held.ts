import type { HeldFilter, HeldOutline, HeldRecord, HeldRecords, Settlement, TaskScope } from '@isthmus/core';
import type { Database } from './database.js';
import type { Parameter } from './driver.js';
import { withoutNulls } from './rows.js';
import { SCOPE } from './scopes.js';

/** Records carry whole rows, some kilobytes each. */
const PAGE_SIZE = 500;
/** Without them, about one. */
const OUTLINES_PAGE_SIZE = 5000;

type Numbered<T> = T & { readonly id: number };

/** Members of the JSON of a row `h` whose scope is `s`. */
const OUTLINE = `
  'integration', s.integration,
  'task', s.task,
  'state', h.state,
  'sourceId', h.source_id,
  'key', h.record_key,
  'legalEntity', h.legal_entity,
  'errors', json(h.errors),
  'code', h.code,
  'waitsFor', json(iif(h.awaited_task IS NULL, NULL,
    json_object('integration', h.awaited_integration, 'task', h.awaited_task, 'key', h.awaited_key,
      'by', h.awaited_by, 'legalEntity', h.awaited_legal_entity))),
  'again', json(iif(h.again, 'true', 'false')),
  'gone', json(iif(h.gone, 'true', NULL)),
  'attempts', h.attempts,
  'runId', h.run_id,
  'since', h.since`;

export const HELD_RECORD = `${OUTLINE}, 'source', json(h.source), 'mapped', json(h.mapped)`;

export function heldRecords(db: Database): HeldRecords {
  const ready = db.query<Numbered<HeldRecord>>(`
    SELECT json_object('id', h.id, ${HELD_RECORD}) FROM held AS h CROSS JOIN scope AS s ON s.id = h.scope
    WHERE h.scope = ${SCOPE} AND h.arrived = 1 AND h.id > ?3 ORDER BY h.id LIMIT ${PAGE_SIZE}`);

  const pages = <T>(members: string, size: number, filter: HeldFilter): AsyncIterable<T[]> => {
    const { where, parameters } = conditionsOf(filter, true);
    const page = db.query<Numbered<T>>(`
      SELECT json_object('id', h.id, ${members}) FROM held AS h CROSS JOIN scope AS s ON s.id = h.scope
      WHERE ${where} AND h.id > ? ORDER BY h.id LIMIT ${size}`);
    return walk((after) => page(...parameters, after));
  };

  return {
    list: (filter) => pages<HeldRecord>(HELD_RECORD, PAGE_SIZE, filter),
    outlines: (filter) => pages<HeldOutline>(OUTLINE, OUTLINES_PAGE_SIZE, filter),
    async count(filter) {
      const { where, parameters } = conditionsOf(filter);
      const of = isTallied(filter) ? 'total(h.records) FROM held_tally AS h' : 'count(*) FROM held AS h';
      return db.query<number>(`SELECT ${of} WHERE ${where}`)(...parameters)[0] ?? 0;
    },
    async has(filter) {
      const { where, parameters } = conditionsOf(filter);
      return db.query<number>(`SELECT EXISTS (SELECT 1 FROM held AS h WHERE ${where})`)(...parameters)[0] === 1;
    },
    ready: ({ integration, task }) => walk((after) => ready(integration, task, after)),
  };
}

const TALLIED: ReadonlySet<string> = new Set(['integration', 'integrations', 'task', 'state']);

/** Nothing is asked for that the tally does not know, which the store keeps so that nobody need count a million. */
const isTallied = (filter: HeldFilter): boolean =>
  Object.entries(filter).every(([name, value]) => value === undefined || TALLIED.has(name));

/** Goes by id and never back, so that records may come and go on the way. */
export async function* walk<T>(pageAfter: (id: number) => Numbered<T>[]): AsyncGenerator<T[]> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page = pageAfter(after);
    if (page.length > 0) yield page.map(({ id: _id, ...record }) => withoutNulls(record) as T);
    after = page.at(-1)?.id;
  }
}

const SCOPES = 'SELECT id FROM scope WHERE integration = coalesce(?, integration) AND task = coalesce(?, task)';

/** Conditions on `h`, which other tables share whose columns are called the same. */
export function conditionsOf(filter: HeldFilter, inOrder = false) {
  const { integration, integrations, task, runId, state, code, legalEntity, key, sourceIds, again, gone } = filter;
  const oneTask = integration !== undefined && task !== undefined && sourceIds === undefined && key === undefined;
  const conditions: [sql: string, ...parameters: Parameter[]][] = [
    // One task is walked along its index. The plus withholds that index otherwise, with which SQLite would gather and
    // sort the rest of the walk for every page.
    [
      oneTask ? `h.scope = (${SCOPES})` : `${inOrder ? '+' : ''}h.scope IN (${SCOPES})`,
      integration ?? null,
      task ?? null,
    ],
  ];
  if (runId !== undefined) conditions.push(['h.run_id = ?', runId]);
  if (state !== undefined) conditions.push(['h.state = ?', state]);
  if (integrations !== undefined) {
    const among = 'SELECT id FROM scope WHERE integration IN (SELECT value FROM json_each(?))';
    conditions.push([`+h.scope IN (${among})`, JSON.stringify(integrations)]);
  }
  if (code !== undefined) conditions.push(['h.code = ?', code]);
  if (legalEntity !== undefined) conditions.push(['h.legal_entity = ? COLLATE NOCASE', legalEntity]);
  if (key !== undefined) {
    conditions.push(['(h.record_key = ? COLLATE NOCASE OR h.source_id IN (?, lower(?)))', key, key, key]);
  }
  if (again) conditions.push(['h.again = 1']);
  if (gone) conditions.push(['h.gone = 1']);
  if (sourceIds !== undefined) {
    conditions.push(['h.source_id IN (SELECT value FROM json_each(?))', JSON.stringify(sourceIds)]);
  }
  return {
    where: conditions.map(([sql]) => sql).join(' AND '),
    parameters: conditions.flatMap(([, ...parameters]) => parameters),
  };
}

/** Condition on `h`: the row that it waits for has a cross-reference. */
export const HAS_ARRIVED = `h.state = 'deferred' AND EXISTS (
  SELECT 1 FROM scope AS a CROSS JOIN cross_reference AS x
  WHERE a.integration = h.awaited_integration AND a.task = h.awaited_task AND x.scope = a.id
    AND h.awaited_by = 'source' AND x.source_id = h.awaited_key
  UNION ALL
  SELECT 1 FROM scope AS a CROSS JOIN cross_reference AS x
  WHERE a.integration = h.awaited_integration AND a.task = h.awaited_task AND x.scope = a.id
    AND h.awaited_by = 'key' AND x.legal_entity = h.awaited_legal_entity AND x.destination_key = h.awaited_key)`;

export interface HeldRecordWriter {
  put(scope: TaskScope, runId: string, records: Settlement['held']): void;
  release(scope: TaskScope, sourceIds: readonly string[]): void;
}

/** The part of a settlement that concerns held records. To be called inside its transaction. */
export function heldRecordWriter(db: Database): HeldRecordWriter {
  const put = db.command(`
    INSERT INTO held (scope, source_id, state, record_key, legal_entity, awaited_integration, awaited_task, awaited_by,
      awaited_key, awaited_legal_entity, arrived, again, gone, code, attempts, run_id, since, source, mapped, errors)
    SELECT ${SCOPE}, value ->> 'sourceId', value ->> 'state', value ->> 'key', value ->> 'legalEntity',
      value ->> '$.waitsFor.integration', value ->> '$.waitsFor.task', value ->> '$.waitsFor.by',
      value ->> '$.waitsFor.key', value ->> '$.waitsFor.legalEntity', 0, value ->> 'again', coalesce(value ->> 'gone', 0),
      value ->> 'code', 1, ?3, value ->> 'since', value -> 'source', value -> 'mapped', value -> 'errors'
    FROM json_each(?4) WHERE true
    ON CONFLICT (source_id, scope) DO UPDATE SET
      state = excluded.state, record_key = excluded.record_key, legal_entity = excluded.legal_entity,
      awaited_integration = excluded.awaited_integration, awaited_task = excluded.awaited_task,
      awaited_by = excluded.awaited_by, awaited_key = excluded.awaited_key,
      awaited_legal_entity = excluded.awaited_legal_entity, arrived = 0, again = excluded.again, gone = excluded.gone,
      code = excluded.code, attempts = attempts + 1, run_id = excluded.run_id,
      source = excluded.source, mapped = excluded.mapped, errors = excluded.errors`);

  // Another batch may have delivered the awaited row since it was looked for.
  const arrivedAlready = db.command(`
    UPDATE held AS h SET arrived = 1
    WHERE h.scope = ${SCOPE} AND h.source_id IN (SELECT value ->> 'sourceId' FROM json_each(?3)) AND ${HAS_ARRIVED}`);

  const release = db.command(`
    DELETE FROM held WHERE scope = ${SCOPE} AND source_id IN (SELECT value FROM json_each(?3))`);

  return {
    put({ integration, task }, runId, records) {
      const rows = JSON.stringify(records);
      put(integration, task, runId, rows);
      if (records.some(({ state }) => state === 'deferred')) arrivedAlready(integration, task, rows);
    },
    release: ({ integration, task }, sourceIds) => void release(integration, task, JSON.stringify(sourceIds)),
  };
}
