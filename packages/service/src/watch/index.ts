export type { Notification } from './notification.js';
export { Watch } from './watch.js';
