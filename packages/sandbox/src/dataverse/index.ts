export { withAlternateKeys } from './alternate-keys.js';
export type { DeltaTokenPolicy } from './call.js';
export { withOwnTables } from './own-tables.js';
export { defaultsOf } from './plan.js';
export { expiredVersion, notAMember } from './refusals.js';
export { DataverseService } from './service.js';
export { errorResponse as dataverseError } from './error-response.js';
export { versionNumber } from './version-number.js';
export { DataverseSwitches, withDefaults } from './switches.js';
