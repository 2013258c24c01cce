import type { CrossReference, CrossReferences, TaskScope } from '@isthmus/core';
import type { Database } from './database.js';
import { SCOPE } from './scopes.js';

/** Ids are short. */
const PAGE_SIZE = 5000;

const FIELDS = `
  'sourceId', x.source_id,
  'legalEntity', x.legal_entity,
  'destinationKey', x.destination_key,
  'keyValues', json(x.key_values),
  'hash', x.hash`;

const REFERENCE = `
  iif(x.agreed IS NULL, json_object(${FIELDS}), json_object(${FIELDS}, 'agreed', json(x.agreed)))`;

export function crossReferences(db: Database): CrossReferences {
  const bySource = db.query<CrossReference>(`
    SELECT ${REFERENCE}
    FROM json_each(?3) AS asked CROSS JOIN cross_reference AS x
    WHERE x.scope = ${SCOPE} AND x.source_id = asked.value`);

  const byDestination = db.query<CrossReference>(`
    SELECT ${REFERENCE}
    FROM json_each(?4) AS asked CROSS JOIN cross_reference AS x
    WHERE x.scope = ${SCOPE} AND x.legal_entity = ?3 AND x.destination_key = asked.value`);

  const count = db.query<number>(`SELECT count(*) FROM cross_reference WHERE scope = ${SCOPE}`);

  const sourceIds = db.query<string>(`
    SELECT json_quote(x.source_id) FROM cross_reference AS x
    WHERE x.scope = ${SCOPE} AND x.legal_entity = coalesce(?3, x.legal_entity) AND x.source_id > ?4
    ORDER BY x.source_id LIMIT ${PAGE_SIZE}`);

  return {
    async bySource({ integration, task }, sourceIds) {
      const found = bySource(integration, task, JSON.stringify(sourceIds));
      return new Map(found.map((reference) => [reference.sourceId, reference]));
    },
    async byDestination({ integration, task }, legalEntity, keys) {
      const found = byDestination(integration, task, legalEntity, JSON.stringify(keys));
      return new Map(found.map((reference) => [reference.destinationKey, reference]));
    },
    async count({ integration, task }) {
      return count(integration, task)[0] ?? 0;
    },
    async *sourceIds({ integration, task }, legalEntity) {
      let page = sourceIds(integration, task, legalEntity ?? null, '');
      while (page.length > 0) {
        yield page;
        page = sourceIds(integration, task, legalEntity ?? null, page.at(-1) ?? '');
      }
    },
  };
}

export interface CrossReferenceWriter {
  put(scope: TaskScope, references: readonly CrossReference[]): void;
  forget(scope: TaskScope, sourceIds: readonly string[]): void;
}

/** How references cross over to be written: SQLite finds a value by its position a third faster than by its name. */
const byPosition = ({ sourceId, legalEntity, destinationKey, keyValues, hash, agreed }: CrossReference) => [
  sourceId,
  legalEntity,
  destinationKey,
  keyValues,
  hash,
  agreed,
];

/** The part of a settlement that concerns cross-references. To be called inside its transaction. */
export function crossReferenceWriter(db: Database): CrossReferenceWriter {
  const upsert = `
    INSERT INTO cross_reference (scope, source_id, legal_entity, destination_key, key_values, hash, agreed)
    SELECT ${SCOPE}, value ->> 0, value ->> 1, value ->> 2, value -> 3, value ->> 4, nullif(value -> 5, 'null')
    FROM json_each(?3) WHERE true
    ON CONFLICT (scope, source_id) DO UPDATE SET
      key_values = excluded.key_values, hash = excluded.hash, agreed = excluded.agreed`;

  // A row hardly ever changes its destination. Leaving those columns out of the update spares their index, which at a
  // million rows makes it five times faster.
  const put = db.command(
    `${upsert} WHERE legal_entity = excluded.legal_entity AND destination_key = excluded.destination_key`,
  );
  const putMoved = db.command(
    `${upsert}, legal_entity = excluded.legal_entity, destination_key = excluded.destination_key`,
  );

  /** In any integration: one step in the index, however many wait. */
  const isAwaited = db.query<number>(
    `SELECT EXISTS (SELECT 1 FROM held WHERE state = 'deferred' AND awaited_task = ?1)`,
  );

  /** Whoever waits for one of these rows need not wait any longer. */
  const release = db.command(`
    UPDATE held SET arrived = 1 WHERE id IN (
      SELECT h.id FROM json_each(?3) AS r CROSS JOIN held AS h
      WHERE h.state = 'deferred' AND h.awaited_integration = ?1 AND h.awaited_task = ?2
        AND h.awaited_by = 'source' AND h.awaited_key = r.value ->> 0
      UNION ALL
      SELECT h.id FROM json_each(?3) AS r CROSS JOIN held AS h
      WHERE h.state = 'deferred' AND h.awaited_integration = ?1 AND h.awaited_task = ?2
        AND h.awaited_by = 'key' AND h.awaited_key = r.value ->> 2
        AND h.awaited_legal_entity = r.value ->> 1)`);

  const forget = db.command(`
    DELETE FROM cross_reference
    WHERE scope = ${SCOPE} AND source_id IN (SELECT value FROM json_each(?3))`);

  return {
    put({ integration, task }, references) {
      const rows = JSON.stringify(references.map(byPosition));
      if (put(integration, task, rows) < references.length) putMoved(integration, task, rows);
      // Most tasks have nobody waiting for them, which is seen faster than that none of the rows is awaited.
      if (isAwaited(task)[0]) release(integration, task, rows);
    },
    forget: ({ integration, task }, sourceIds) => void forget(integration, task, JSON.stringify(sourceIds)),
  };
}
