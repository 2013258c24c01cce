export { isBalanced, OUTCOMES, outcomesOf } from './outcome.js';
export type { Outcome, TaskCounts } from './outcome.js';
