export { errors as dataverseErrors } from './errors.js';
export { dataverseConnector } from './factory.js';
export { DataverseOptions } from './options.js';
export { DataversePlugin } from './plugin.js';
