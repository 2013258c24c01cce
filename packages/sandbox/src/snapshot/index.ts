export { loadSnapshot } from './load.js';
export { saveSnapshot } from './save.js';
export { hasSnapshot, readSnapshot, stateFile } from './state.js';
export type { CompanyMark, Snapshot } from './state.js';
