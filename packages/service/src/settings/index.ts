export { cronOf } from './cron-rule.js';
export { EXPECTATION } from './expectation.js';
export type { ExpectationSettings } from './expectation.js';
export { NOTIFICATIONS } from './notifications.js';
export type { EmailSettings, NotificationSettings, WebHookSettings } from './notifications.js';
export { SCHEDULE } from './schedule.js';
export type { ScheduleSettings } from './schedule.js';
export { HISTORY, HistorySettings, SERVICE, ServiceSettings } from './service.js';
export type { HealthSettings } from './service.js';
