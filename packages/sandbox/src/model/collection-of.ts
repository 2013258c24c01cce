import type { EntityModel } from './types.js';

/** What clients call the rows of an entity. */
export const collectionOf = ({ publicSet, set }: EntityModel): string => publicSet ?? set;
