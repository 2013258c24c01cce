import type { FaultKind, System } from './fault.js';

export interface LoggedRequest {
  readonly system: System;
  readonly method: string;
  readonly url: string;
  /** 0 where the connection was dropped. */
  readonly status: number;
  readonly ms: number;
  /** When it came in, ISO 8601. */
  readonly ts: string;
  /** How many operations it held: those of a batch, otherwise one. */
  readonly operations: number;
  /** Seconds that the answer asked to wait. */
  readonly retryAfter?: number;
  /** What was made to go wrong. */
  readonly fault?: FaultKind;
  /** As it was sent; the oldest bodies are let go first. Never that of a token request, which holds a secret. */
  readonly body?: string;
}

export interface LogQuery {
  readonly system?: System;
  /** First segment of the path behind the root. */
  readonly set?: string;
  readonly limit?: number;
  readonly bodies?: boolean;
}

const KEPT = 10_000;
/** Characters of all bodies together. */
const BODIES = 16 * 1024 * 1024;

type Entry = Omit<LoggedRequest, 'body'> & { readonly set: string; body?: string | undefined };

/** The latest requests to all services, oldest first. */
export class RequestLog {
  private entries: Entry[] = [];
  private withBody: Entry[] = [];
  private characters = 0;

  add(entry: Entry): void {
    this.entries.push(entry);
    if (this.entries.length >= 2 * KEPT) this.entries = this.entries.slice(-KEPT);
    if (entry.body) this.keepBody(entry, entry.body.length);
  }

  latest({ system, set, limit = KEPT, bodies = false }: LogQuery = {}): LoggedRequest[] {
    return this.entries
      .filter((entry) => (system ?? entry.system) === entry.system && (set ?? entry.set) === entry.set)
      .slice(-Math.min(limit, KEPT))
      .map(({ set: _set, body, ...shown }) => (bodies && body ? { ...shown, body } : shown));
  }

  clear(): void {
    this.entries = [];
    this.withBody = [];
    this.characters = 0;
  }

  private keepBody(entry: Entry, length: number): void {
    this.withBody.push(entry);
    this.characters += length;
    let gone = 0;
    for (; this.characters > BODIES && gone < this.withBody.length; gone++) {
      const oldest = this.withBody[gone];
      this.characters -= oldest?.body?.length ?? 0;
      if (oldest) oldest.body = undefined;
    }
    if (gone > 0) this.withBody.splice(0, gone);
  }
}
