export { channelsOf } from './channel.js';
export type { Channel } from './channel.js';
export { Notifier } from './notifier.js';
