export type { DeltaTokenPolicy } from './call.js';
export { expiredVersion } from './refusals.js';
export { DataverseService, errorResponse as dataverseError } from './service.js';
export { ServiceProtection } from './service-protection.js';
export type { ServiceProtectionLimits } from './service-protection.js';
