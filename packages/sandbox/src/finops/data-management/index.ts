export { ACTION_SET } from './actions.js';
export { DataManagementOptions } from './options.js';
export { DataManagementService } from './service.js';
