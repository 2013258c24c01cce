export { defineErrors, error, explain, explainAll } from './catalogue.js';
export type { ErrorCatalogue, ErrorDefinition, ErrorExplanation, Occurrence } from './catalogue.js';
export { IsthmusError, isIsthmusError } from './isthmus-error.js';
export { describePlace } from './place.js';
export type { Place } from './place.js';
export type { Recovery } from './recovery.js';
