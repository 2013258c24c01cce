import type { SavedPlan, SavedPlans } from '@isthmus/core';
import type { Database } from './database.js';
import { withoutNulls } from './rows.js';

/** An older one can still be applied; the run after it reads once more what the plan has read. */
const KEPT = 100;

export function savedPlans(db: Database): SavedPlans {
  const get = db.query<SavedPlan>(`
    SELECT json_object('digest', digest, 'checkpoints', json(checkpoints), 'appliedBy', applied_by)
    FROM plan WHERE digest = ?1`);

  const save = db.command(`
    INSERT INTO plan (digest, checkpoints, applied_by) VALUES (?1, ?2, ?3)
    ON CONFLICT (digest) DO UPDATE SET checkpoints = excluded.checkpoints, applied_by = excluded.applied_by`);

  const forget = db.command(`DELETE FROM plan WHERE id <= (SELECT max(id) FROM plan) - ${KEPT}`);

  return {
    async save({ digest, checkpoints, appliedBy }) {
      db.transaction(() => {
        save(digest, JSON.stringify(checkpoints), appliedBy ?? null);
        forget();
      });
    },
    async get(digest) {
      const [plan] = get(digest);
      return plan && withoutNulls(plan);
    },
  };
}
