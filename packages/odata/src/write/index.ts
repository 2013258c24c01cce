export { encodeEach, requestsOf } from './encode-each.js';
export type { EncodedOperation } from './encode-each.js';
export { outcomesOf } from './outcomes.js';
export type { OutcomeOf } from './outcomes.js';
export { writeInPortions } from './portions.js';
export type { PortionLimits } from './portions.js';
