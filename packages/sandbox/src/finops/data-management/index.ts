export { ACTION_SET } from './actions.js';
export type { DataManagementOptions } from './framework.js';
export { DataManagementService } from './service.js';
