export { entityPath } from './entity-path.js';
export { literal } from './literal.js';
export { queryString } from './query-string.js';
export type { Expand, QueryOptions } from './query-string.js';
