import { serviceErrors } from '../errors.js';
import type { WebHookSettings } from '../settings/index.js';
import type { Channel } from './channel.js';
import { PATIENCE_MS } from './patience.js';

/** The notification as the body of a POST. */
export const webHookChannel = ({ url, headers }: WebHookSettings, name: string): Channel => ({
  name,
  async send(notification) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(notification),
      // The headers are meant for this address and no other.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw serviceErrors.NOTIFICATION_REFUSED({ status: answer.status });
  },
});
