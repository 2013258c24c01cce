export { apply } from './apply.js';
export type { Applied, ApplyRequest } from './apply.js';
