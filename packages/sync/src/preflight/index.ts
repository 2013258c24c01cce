export type { Descriptions } from './descriptions.js';
export { preflight } from './preflight.js';
export type { BothSides, Connect, Preflight } from './preflight.js';
export { checkPrerequisites, prerequisiteContext, requireReady } from './prerequisites.js';
