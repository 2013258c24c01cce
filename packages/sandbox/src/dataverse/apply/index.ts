export { aggregateRows } from './aggregate-rows.js';
