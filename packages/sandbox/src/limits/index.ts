export { DailyCount, DailyRequests } from './daily-requests.js';
export type { UserUsage } from './daily-requests.js';
export { documentedLimits, ServiceProtection, ServiceProtectionLimits } from './service-protection.js';
export type { Admitted } from './service-protection.js';
export { WebServers } from './web-servers.js';
export { dataverseWording, finopsWording } from './wording.js';
export type { LimitWording } from './wording.js';
