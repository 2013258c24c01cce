export { companyOf, rowAddress } from './operation.js';
export { writeOperations } from './write.js';
export type { WriteSettings } from './write.js';
