import type { System } from './faults.js';

export interface LoggedRequest {
  readonly system: System;
  readonly method: string;
  readonly url: string;
  /** 0 where the connection was dropped. */
  readonly status: number;
  readonly ms: number;
  /** When it came in, ISO 8601. */
  readonly ts: string;
}

const KEPT = 10_000;

/** The latest requests to all services, oldest first. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length >= 2 * KEPT) this.entries = this.latest();
  }

  latest(): LoggedRequest[] {
    return this.entries.slice(-KEPT);
  }

  clear(): void {
    this.entries = [];
  }
}
