export type { EntityType, EnumType, Metadata, NavigationProperty, Property } from './model.js';
export { parseMetadata } from './parse.js';
