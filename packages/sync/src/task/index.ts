export type { TaskContext } from './context.js';
export { ChangedRows, followedLookups } from './changed-rows.js';
export { judge } from './judge.js';
export { runTask } from './run-task.js';
export type { TaskResult } from './run-task.js';
export type { TaskOptions } from './starting-point.js';
export { Tally } from './tally.js';
export type { Execution } from './execution.js';
export { writing } from './writing.js';
