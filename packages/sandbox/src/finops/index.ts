export { publishedAs } from './collections.js';
export { runBatch } from './accounting/index.js';
export { errorResponse as finopsError } from './refusals.js';
export { FinopsService } from './service.js';
export { blankOf } from './values.js';
export { HIGH_RESOURCE_USE, ResourceThrottling } from './resource-throttling.js';
export type { Priority, ResourceLimits } from './resource-throttling.js';
export { withFinopsDefaults } from './switches.js';
export type { FinopsSwitches } from './switches.js';
