import type { KeptState, Lease, StateChange, StateEntry, TaskScope } from '@isthmus/core';
import type { Database } from './database.js';
import { fences } from './fence.js';
import { walk } from './held.js';
import { withoutNulls } from './rows.js';
import { scopes } from './scopes.js';
import { KINDS, TELL_THE_WAITING } from './state-kinds.js';

const PAGE_SIZE = 1000;
/** Changes that can be undone. */
const KEPT = 10;

const SCOPES = `SELECT id FROM scope WHERE (integration, task) IN (
  SELECT value ->> 'integration', value ->> 'task' FROM json_each(?1))`;

export function keptState(db: Database): KeptState {
  const addScope = scopes(db);
  const requireLease = fences(db);

  const changes = db.query<StateChange & { id: number }>(`
    SELECT json_object('id', id, 'action', action, 'tasks', json(tasks), 'kinds', json(kinds), 'at', at)
    FROM state_change ORDER BY id DESC`);

  const remember = db.query<number>(
    'INSERT INTO state_change (action, tasks, kinds, at) VALUES (?1, ?2, ?3, ?4) RETURNING id',
  );

  /** Entries that are about to come in wait here: however many, they are taken over in one transaction. */
  const prepare = (): void =>
    db.execute(`
      DROP TABLE IF EXISTS temp.temp_entry;
      CREATE TEMP TABLE temp_entry (id INTEGER PRIMARY KEY, scope INTEGER, kind TEXT, value TEXT)`);

  const stage = (entries: readonly StateEntry[]): void =>
    void db.command(`
      INSERT INTO temp_entry (scope, kind, value)
      SELECT (SELECT id FROM scope WHERE integration = value ->> 'integration' AND task = value ->> 'task'),
        value ->> 'kind', value -> 'value' FROM json_each(?1)`)(JSON.stringify(entries));

  const forget = (change: number): void => {
    db.command('DELETE FROM state_entry WHERE change >= ?1')(change);
    db.command('DELETE FROM state_change WHERE id >= ?1')(change);
  };

  const forgetOld = (): void => {
    const outdated = `(SELECT id FROM state_change ORDER BY id DESC LIMIT -1 OFFSET ${KEPT})`;
    db.execute(`
      DELETE FROM state_entry WHERE change IN ${outdated};
      DELETE FROM state_change WHERE id IN ${outdated}`);
  };

  const ofKinds = (wanted: StateChange['kinds']) => KINDS.filter(({ kind }) => wanted.includes(kind));

  /** What is there of the kinds goes; what is staged takes its place. */
  const exchange = (tasks: string, kinds: StateChange['kinds']): void => {
    for (const { kind, table, fill } of ofKinds(kinds)) {
      db.command(`DELETE FROM ${table} WHERE scope IN (${SCOPES})`)(tasks);
      db.command(fill)(kind);
    }
    // Whoever referred to a row may have read it in a state that is now forgotten.
    db.command(`DELETE FROM digest WHERE scope IN (${SCOPES})`)(tasks);
    db.execute(TELL_THE_WAITING);
  };

  return {
    entries(tasks) {
      return entriesOf(db, tasks);
    },
    async replace({ action, tasks, kinds, at }, entries, leases) {
      prepare();
      tasks.forEach(addScope);
      for await (const page of entries) stage(page);
      db.transaction(() => {
        leases.forEach(requireLease);
        const scope = JSON.stringify(tasks);
        const [id = 0] = remember(action, scope, JSON.stringify(kinds), at);
        for (const { kind, table, json } of ofKinds(kinds)) {
          db.command(`
            INSERT INTO state_entry (change, scope, kind, value)
            SELECT ?2, h.scope, ?3, ${json} FROM ${table} AS h CROSS JOIN scope AS s ON s.id = h.scope
            WHERE h.scope IN (${SCOPES}) ORDER BY h.id`)(scope, id, kind);
        }
        exchange(scope, kinds);
        forgetOld();
      });
      prepare();
    },
    async changes() {
      return changes();
    },
    async undo(id, leases: readonly Lease[]) {
      prepare();
      db.transaction(() => {
        leases.forEach(requireLease);
        // Several may have come after it: what each has replaced was the state before it, so the order is back from the last.
        for (const change of changes().filter((later) => later.id >= id)) {
          db.execute('DELETE FROM temp_entry');
          db.command(
            'INSERT INTO temp_entry (scope, kind, value) SELECT scope, kind, value FROM state_entry WHERE change = ?1 ORDER BY id',
          )(change.id);
          exchange(JSON.stringify(change.tasks), change.kinds);
        }
        forget(id);
      });
    },
  };
}

async function* entriesOf(db: Database, tasks: readonly TaskScope[]): AsyncGenerator<StateEntry[]> {
  const scope = JSON.stringify(tasks);
  for (const { kind, table, json } of KINDS) {
    const page = db.query<{ id: number; integration: string; task: string; value: object }>(`
      SELECT json_object('id', h.id, 'integration', s.integration, 'task', s.task, 'value', ${json})
      FROM ${table} AS h CROSS JOIN scope AS s ON s.id = h.scope
      WHERE +h.scope IN (${SCOPES}) AND h.id > ?2 ORDER BY h.id LIMIT ${PAGE_SIZE}`);
    for await (const rows of walk((after) => page(scope, after))) {
      yield rows.map(({ integration, task, value }) => ({
        integration,
        task,
        kind,
        value: withoutNulls(value),
      })) as StateEntry[];
    }
  }
}
