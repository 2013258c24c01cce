export { run } from './run.js';
export type { RunRequest } from './run.js';
export { Engine } from './engine.js';
export type { Opinion } from './engine.js';
export { fenced, withLeases } from './lease.js';
export { recorded } from './recorded.js';
export { requireFound } from './require-found.js';
export { newRunId } from './run-id.js';
