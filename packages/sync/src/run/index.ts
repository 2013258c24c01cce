export { run } from './run.js';
export type { RunRequest } from './run.js';
export { Engine } from './engine.js';
export { withLeases } from './lease.js';
export { recorded } from './recorded.js';
