export { keptErrorText, readKeptError } from './kept-error.js';
export type { KeptError } from './kept-error.js';
export { count, counted, duration, moment } from './numbers.js';
export { Output } from './output.js';
export { showProgress } from './progress.js';
export { asIsthmusError, faultsOf, report } from './report.js';
export { runSummary, taskSummary, taskTable } from './run-summary.js';
export { table } from './table.js';
export type { Column } from './table.js';
