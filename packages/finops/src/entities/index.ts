export { publicCollectionOf } from './collection-name.js';
export { descriptionOf } from './describe.js';
export { Entities } from './entities.js';
export { fieldOf, LEGAL_ENTITY } from './entity.js';
export type { Entity, Field } from './entity.js';
export { resolvePath } from './path.js';
