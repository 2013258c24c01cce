export { divide } from './divide.js';
export type { FilterBounds } from './divide.js';
export { entityPath } from './entity-path.js';
export { keyCondition } from './key-condition.js';
export type { KeyProperty } from './key-condition.js';
export { literal } from './literal.js';
export { queryString } from './query-string.js';
export type { Expand, QueryOptions } from './query-string.js';
