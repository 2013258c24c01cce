export { findRows } from './find.js';
export { readPages } from './read.js';
export { serverFilter } from './filter.js';
