import type { NotificationSettings } from '../settings/index.js';
import type { Notification } from '../watch/index.js';
import { emailChannel } from './email.js';
import { webHookChannel } from './web-hook.js';

/** One way of telling somebody. Throws where the message was not taken, in bounded time. */
export interface Channel {
  /** As people know it: `email`, `webhook 1`. */
  readonly name: string;
  send(notification: Notification): Promise<void>;
}

export const channelsOf = ({ email, webhooks }: NotificationSettings): Channel[] => [
  ...(email ? [emailChannel(email)] : []),
  ...webhooks.map((settings, index) => webHookChannel(settings, `webhook ${index + 1}`)),
];
