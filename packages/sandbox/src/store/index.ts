export { nextInSequence } from './number-sequence.js';
export type { Deletion, StoredRow, Value } from './row.js';
export type { Column, Navigation, Schema, ToMany, ToOne } from './schema.js';
export { SharedTexts } from './shared-texts.js';
export { Store } from './store.js';
export { Table } from './table.js';
export { keyOf } from './indexes.js';
export type { UniqueIndex } from './indexes.js';
