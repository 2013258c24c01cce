export { compileFilter, describeFilter } from './compile.js';
export type { Predicate } from './compile.js';
export type { Comparison, Condition } from './condition.js';
