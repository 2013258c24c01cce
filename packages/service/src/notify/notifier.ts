import type { Clock, EventBus, StateStore, WaitingDispatch } from '@isthmus/core';
import { serviceErrors } from '../errors.js';
import type { Notification } from '../watch/index.js';
import type { Channel } from './channel.js';

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

export interface NotifierParts {
  readonly store: StateStore;
  readonly clock: Clock;
  readonly events: EventBus;
  readonly channels: readonly Channel[];
  readonly redact: (text: string) => string;
}

/** Delivers what is waiting to be told. A message that is not taken is kept, and sent again later. */
export class Notifier {
  constructor(private readonly parts: NotifierParts) {}

  async deliver(): Promise<void> {
    const { store, clock } = this.parts;
    const now = clock.now();
    const pause = (attempts: number) => Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
    const waiting = await store.incidents.take(now, (attempts) => now + pause(attempts));
    await Promise.all(waiting.map((dispatch) => this.send(dispatch)));
  }

  private async send({ id, channel: name, message, attempts }: WaitingDispatch): Promise<void> {
    const { store, channels } = this.parts;
    const channel = channels.find((candidate) => candidate.name === name);
    const notification = message as unknown as Notification;
    try {
      // A channel that has been taken out of the rc file is told nothing more.
      await channel?.send(notification);
    } catch (thrown) {
      return this.report(name, notification.subject, attempts, thrown);
    }
    await store.incidents.delivered(id);
  }

  private report(channel: string, subject: string, attempts: number, thrown: unknown): void {
    const { events, redact } = this.parts;
    const reason = redact(reasonOf(thrown));
    const { message, remedy } = serviceErrors.NOTIFICATION_NOT_DELIVERED({ channel, subject, reason, attempts });
    events.emit('notice', { message, remedy });
  }
}

/** The innermost failure says most: `fetch failed` alone helps nobody. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown.name === 'TimeoutError') return 'there was no answer in time';
  return thrown.cause instanceof Error && thrown.cause.message ? thrown.cause.message : thrown.message;
}
