export { withAlternateKeys } from './alternate-keys.js';
export type { DeltaTokenPolicy } from './call.js';
export { defaultsOf } from './plan.js';
export { expiredVersion, notAMember } from './refusals.js';
export { DataverseService } from './service.js';
export { errorResponse as dataverseError } from './error-response.js';
export type { DataverseSwitches } from './switches.js';
export { versionNumber } from './version-number.js';
export { withDefaults } from './switches.js';
