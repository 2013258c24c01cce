export { decodeBatch } from './decode.js';
export { groupOperations } from './groups.js';
export { boundaryOf } from './multipart.js';
export { batchRequest } from './request.js';
export { repeatThrottled } from './repeat-throttled.js';
