import type { Delivered, RunHistory, RunRecord } from '@isthmus/core';
import type { Database } from './database.js';
import { storeErrors } from './errors.js';
import { withoutNulls } from './rows.js';

const RUN = `json_object(
  'id', r.id,
  'integrations', json(r.integrations),
  'status', r.status,
  'startedAt', r.started_at,
  'finishedAt', r.finished_at,
  'balanced', json(CASE r.balanced WHEN 1 THEN 'true' WHEN 0 THEN 'false' END),
  'tasks', json((SELECT json_group_array(json(record) ORDER BY id) FROM task_run WHERE run = r.number)),
  'error', json(r.error)
)`;

export function runHistory(db: Database): RunHistory {
  const begin = db.command(`INSERT INTO run (id, integrations, status, started_at) VALUES (?1, ?2, 'running', ?3)`);

  const saveTask = db.command(`
    INSERT INTO task_run (run, integration, task, record) SELECT number, ?2, ?3, ?4 FROM run WHERE id = ?1
    ON CONFLICT (run, integration, task) DO UPDATE SET record = excluded.record`);

  const finish = db.command('UPDATE run SET status = ?2, finished_at = ?3, balanced = ?4, error = ?5 WHERE id = ?1');

  const get = db.query<RunRecord>(`SELECT ${RUN} FROM run AS r WHERE r.id = ?1`);

  const list = db.query<RunRecord>(`
    SELECT ${RUN} FROM run AS r ORDER BY r.number DESC LIMIT ?1`);

  const last = db.query<RunRecord>(`
    SELECT ${RUN} FROM run AS r
    WHERE EXISTS (SELECT 1 FROM json_each(r.integrations) WHERE value = ?1)
    ORDER BY r.number DESC LIMIT 1`);

  const delivered = db.query<Delivered>(`
    SELECT json_object(
      'records', coalesce(sum(iif(r.started_at >= ?2,
        record ->> 'created' + record ->> 'updated' + record ->> 'deleted', 0)), 0),
      'watchedSince', min(r.started_at)
    )
    FROM task_run AS t JOIN run AS r ON r.number = t.run WHERE t.integration = ?1`);

  /** What `purge` leaves: the newest run of each integration is what its next one is reckoned from. */
  const OLD = `
    SELECT number FROM run AS r
    WHERE started_at < ?1 AND status <> 'running' AND NOT EXISTS (
      SELECT 1 FROM json_each(r.integrations) AS own
      WHERE NOT EXISTS (
        SELECT 1 FROM run AS newer, json_each(newer.integrations) AS theirs
        WHERE theirs.value = own.value AND newer.number > r.number
      )
    )`;

  const old = db.query<number>(OLD);
  const purgeTasks = db.command('DELETE FROM task_run WHERE run IN (SELECT value FROM json_each(?1))');
  const purgeRuns = db.command('DELETE FROM run WHERE number IN (SELECT value FROM json_each(?1))');

  const mustKnow = (runId: string, changed: number): void => {
    if (changed === 0) throw storeErrors.STORE_RUN_UNKNOWN({ path: db.path, runId });
  };

  return {
    async begin({ id, integrations, startedAt }) {
      begin(id, JSON.stringify(integrations), startedAt);
    },
    async saveTask(runId, task) {
      mustKnow(runId, saveTask(runId, task.integration, task.task, JSON.stringify(task)));
    },
    async finish(runId, { status, finishedAt, balanced, error }) {
      const reason = error === undefined ? null : JSON.stringify(error);
      mustKnow(runId, finish(runId, status, finishedAt, Number(balanced), reason));
    },
    async get(runId) {
      const [run] = get(runId);
      return run && withoutNulls(run);
    },
    async last(integration) {
      const [run] = last(integration);
      return run && withoutNulls(run);
    },
    async delivered(integration, since) {
      return withoutNulls(delivered(integration, since)[0] ?? { records: 0 });
    },
    async purge(before) {
      return db.transaction(() => {
        const numbers = JSON.stringify(old(before));
        purgeTasks(numbers);
        return purgeRuns(numbers);
      });
    },
    async list(limit) {
      return list(limit).map(withoutNulls);
    },
  };
}
