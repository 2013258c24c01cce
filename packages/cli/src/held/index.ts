export { causesOf } from './causes.js';
export { filterFrom, integrationsOf, withFilter } from './filter.js';
export type { FilterOptions } from './filter.js';
export { CAUSES_SHOWN, printLines, recordLine, recordsWith, showCauses, showRecord } from './show.js';
