export { readValue } from './codec.js';
export { descriptionOf } from './describe.js';
export { Entities } from './entities.js';
export { fieldOf } from './entity.js';
export type { Entity, Field } from './entity.js';
export { lookupOf } from './lookup.js';
export type { Lookup } from './lookup.js';
