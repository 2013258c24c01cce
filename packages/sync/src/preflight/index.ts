export type { Descriptions } from './descriptions.js';
export { preflight } from './preflight.js';
export type { Preflight } from './preflight.js';
export { checkPrerequisites, requireReady } from './prerequisites.js';
