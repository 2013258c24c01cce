export { chart, stepsOf, templatesBefore } from './run-order.js';
export type { Step } from './run-order.js';
export { writeBetween } from './markers.js';
export { templateDocument } from './template-document.js';
