import type { TaskScope } from '@isthmus/core';
import type { Database } from './database.js';

/** Integration and task are the first two parameters of a statement that uses it. */
export const SCOPE = '(SELECT id FROM scope WHERE integration = ?1 AND task = ?2)';

/** Makes sure that `SCOPE` finds the task. Other tables name a task by its small number. */
export function scopes(db: Database): (scope: TaskScope) => void {
  const add = db.command('INSERT INTO scope (integration, task) VALUES (?1, ?2) ON CONFLICT DO NOTHING');
  return ({ integration, task }) => void add(integration, task);
}
