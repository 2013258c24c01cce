import type { TaskContext } from './context.js';
import type { Decision } from './decide.js';

/**
 * Written down before it is sent: should this process die, the next run knows which rows to look for.
 *
 * @returns the journal's numbers, for the settlement that answers
 */
export async function writeDown(context: TaskContext, decisions: readonly Decision[]): Promise<number[]> {
  const { store, scope, runId, clock, execution } = context;
  if (decisions.length === 0 || execution.dryRun) return [];
  const sourceIds = decisions.map(({ record }) => record.sourceId);
  return [await store.journal.send({ ...scope, runId, sourceIds, at: new Date(clock.now()).toISOString() })];
}
