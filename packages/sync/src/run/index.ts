export { run } from './run.js';
export type { RunRequest } from './run.js';
