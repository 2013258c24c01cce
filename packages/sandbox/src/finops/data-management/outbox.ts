import { randomUUID } from 'node:crypto';
import type { User } from '../users.js';
import type { DataManagement } from './framework.js';

/** A message that is not acknowledged is offered again after half an hour. */
const OFFERED_AGAIN = 30 * 60 * 1000;

/** What a client acknowledges a message by. */
interface Receipt {
  readonly correlationId: string;
  readonly popReceipt: string;
}

/** A package that waits to be fetched. Names of its states are those of `GetMessageStatus`. */
interface Queued extends Receipt {
  readonly file: string;
  hiddenUntil: number;
  state: 'Enqueued' | 'Dequeued' | 'Acked';
}

/** Packages that wait to be fetched, in a queue for each activity. */
export class Outbox {
  private readonly queues = new Map<string, Queued[]>();

  constructor(
    private readonly framework: DataManagement,
    private readonly now: () => number,
  ) {}

  /**
   * The next message. An activity that exports is named as its data project; while it has none, it looks for changes.
   *
   * @returns undefined where there is none, or none that is not hidden @throws Refusal
   */
  offer(activity: string, whose: { readonly company: string; readonly user: User }): Queued | undefined {
    const { blobs, exports, projects } = this.framework;
    const isKnown = projects.has(activity);
    if (isKnown) exports.requireAllowed(projects.entitiesOf(activity), whose);
    const queue = this.queues.get(activity) ?? [];
    this.queues.set(activity, queue);
    const waiting = queue.filter(({ state, file }) => state !== 'Acked' && blobs.has(file));
    if (waiting.length === 0) {
      const file = isKnown ? exports.changed(activity, whose.company) : undefined;
      if (file === undefined) return undefined;
      const receipt: Receipt = { correlationId: randomUUID(), popReceipt: randomUUID() };
      const made: Queued = { ...receipt, file, hiddenUntil: 0, state: 'Enqueued' };
      queue.push(made);
      waiting.push(made);
    }
    const next = waiting.find(({ hiddenUntil }) => hiddenUntil <= this.now());
    if (next) {
      next.hiddenUntil = this.now() + OFFERED_AGAIN;
      next.state = 'Dequeued';
    }
    return next;
  }

  /** @returns false where no such message has been offered */
  acknowledge(activity: string, receipt: { readonly [part in keyof Receipt]: unknown }): boolean {
    const found = (this.queues.get(activity) ?? []).find(
      ({ correlationId, popReceipt, state }) =>
        state === 'Dequeued' && correlationId === receipt.correlationId && popReceipt === receipt.popReceipt,
    );
    if (found) found.state = 'Acked';
    return found !== undefined;
  }

  stateOf(id: string): string | undefined {
    const { blobs, options } = this.framework;
    const queued = [...this.queues.values()].flat().find(({ correlationId }) => correlationId === id);
    if (queued?.state !== 'Dequeued' || options.messageStates !== 'observed') return queued?.state;
    return blobs.wasRead(queued.file) ? 'Downloaded' : queued.state;
  }
}
