export { openSqliteStore } from './open.js';
export { StorePlugin } from './plugin.js';
export { storeErrors } from './errors.js';
