export { importAll, stageAll, type ImportEntity } from './run.js';
export type { Target } from './upsert.js';
