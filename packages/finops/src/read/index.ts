export { serverFilter } from './filter.js';
export { findRows } from './find.js';
export { ACROSS_COMPANIES, readPages } from './read.js';
export { rowReader, selectionOf } from './selection.js';
