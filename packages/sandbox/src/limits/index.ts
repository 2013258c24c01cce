export { documentedLimits, ServiceProtection } from './service-protection.js';
export type { ServiceProtectionLimits } from './service-protection.js';
export { finopsWording } from './wording.js';
