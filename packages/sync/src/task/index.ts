export type { TaskContext } from './context.js';
export { runTask } from './run-task.js';
export type { TaskOptions } from './run-task.js';
export { Tally } from './tally.js';
