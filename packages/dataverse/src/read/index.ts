export { findRows } from './find.js';
export { readPages } from './read.js';
