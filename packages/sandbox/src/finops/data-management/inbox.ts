import { randomUUID } from 'node:crypto';
import { Refusal } from '../../odata/index.js';
import { requireCompanyOf } from '../security.js';
import type { User } from '../users.js';
import type { Execution } from './execution.js';
import type { DataManagement } from './framework.js';
import { packageOfFile } from './package/index.js';
import { attempted } from './workspace.js';

/** What has been handed in: a file or a package, and the execution that reads it once its turn has come. */
export interface Message {
  execution?: Execution;
  /** Why there will be none. */
  reason?: string;
}

export interface Delivery {
  readonly activity: string;
  /** Entity of a file; null for a package. */
  readonly entity: string | null;
  readonly company: string;
  readonly user: User;
}

/** Messages that are handed in to be imported. */
export class Inbox {
  private readonly messages = new Map<string, Message>();
  /** Of the messages that are processed in order: the end of the last one, by activity. */
  private readonly latest = new Map<string, Promise<void>>();

  constructor(private readonly framework: DataManagement) {}

  /** What cannot be read is found out later, as it is there. @returns id of the message @throws Refusal */
  take(bytes: Uint8Array, { activity, entity, company, user }: Delivery): string {
    const { entities, imports, options } = this.framework;
    const id = `{${randomUUID().toUpperCase()}}`;
    requireCompanyOf(user, company.toLowerCase());
    const request = { group: '', executionId: '', company, execute: true, synchronous: false, user };
    if (entity !== null) entities.find(entity);
    const message: Message = {};
    this.messages.set(id, message);
    if (entity === null) {
      attempt(message, () => imports.fromPackage(bytes, request));
      return id;
    }
    const read = () => attempted(() => packageOfFile(bytes, entity, id));
    const start = () => attempt(message, () => imports.from(read(), request));
    if (options.messagesInOrder) this.inTurn(activity, message, start);
    else start();
    return id;
  }

  find(id: string): Message | undefined {
    return this.messages.get(id);
  }

  stateOf(id: string): string | undefined {
    const message = this.messages.get(id);
    if (!message) return undefined;
    const { execution, reason } = message;
    if (!execution) return reason === undefined ? 'Enqueued' : 'PreProcessingError';
    if (execution.running) return execution.onTarget ? 'Processing' : 'Preprocessing';
    if (execution.postProcessingFailed)
      return this.framework.options.messageStates === 'observed' ? 'PostProcessingError' : 'PostProcessingFailed';
    return execution.status === 'Succeeded' ? 'Processed' : 'ProcessedWithErrors';
  }

  /** *Process messages in order*: a file waits until those before it are through. Packages do not. */
  private inTurn(activity: string, message: Message, start: () => void): void {
    const before = this.latest.get(activity) ?? Promise.resolve();
    this.latest.set(
      activity,
      before.then(() => {
        start();
        return message.execution?.finished;
      }),
    );
  }
}

function attempt(message: Message, work: () => Execution): void {
  try {
    message.execution = work();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    message.reason = refusal.message;
  }
}
