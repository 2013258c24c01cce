export { Stopped } from './action.js';
export { actions, runBatch } from './actions.js';
export { retax } from './sales-tax.js';
export { flagsOf, restage, stage, unstage } from './staging.js';
