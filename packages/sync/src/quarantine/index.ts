export { CONFLICTS, resolveConflicts } from './resolve.js';
export type { Resolution } from './resolve.js';
export { Workbench } from './workbench.js';
