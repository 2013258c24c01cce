export { errors as finopsErrors } from './errors.js';
export { finopsConnector } from './factory.js';
export { FinopsOptions } from './options.js';
export { FinopsPlugin } from './plugin.js';
