export { readValue } from './codec.js';
export { descriptionOf } from './describe.js';
export { findEntity, getEntity } from './entities.js';
export { fieldOf } from './entity.js';
export type { Entity, Field } from './entity.js';
export { lookupOf } from './lookup.js';
export type { Lookup } from './lookup.js';
