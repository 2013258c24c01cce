export { importAll, stageAll, type ImportEntity } from './run.js';
export { Troubles, TROUBLES, type Trouble } from './troubles.js';
export type { Target } from './upsert.js';
