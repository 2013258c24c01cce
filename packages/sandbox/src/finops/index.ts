export { withOwnEntities } from './own-entities.js';
export { publishedAs } from './collections.js';
export { runBatch } from './accounting/index.js';
export { errorResponse as finopsError, notLetIn } from './refusals.js';
export { FinopsService } from './service.js';
export { blankOf } from './values.js';
export { HIGH_RESOURCE_USE, ResourceLimits, ResourceThrottling } from './resource-throttling.js';
export type { Priority } from './resource-throttling.js';
export { FinopsSwitches, withFinopsDefaults } from './switches.js';
