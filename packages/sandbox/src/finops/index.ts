export { errorResponse as finopsError } from './refusals.js';
export { FinopsService } from './service.js';
export { blankOf } from './values.js';
