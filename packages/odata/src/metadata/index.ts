export { KeptMetadata } from './kept-metadata.js';
export type { MetadataVersion } from './kept-metadata.js';
export type { EntityType, EnumType, Metadata, NavigationProperty, Property } from './model.js';
export { parseMetadata } from './parse.js';
