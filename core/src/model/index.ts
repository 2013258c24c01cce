export { isBalanced, OUTCOMES, outcomesOf } from './outcome.js';
export type { Outcome, TaskCounts } from './outcome.js';
export type { RunRecord, RunStatus, TaskRecord, TaskScope } from './run.js';
