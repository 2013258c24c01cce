import { Allowance } from './allowance.js';
import type { FaultKind, System } from './kinds.js';

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
  /** As they were sent, names in lower case; never those that hold a secret. The oldest are let go first. */
  readonly headers?: Readonly<Record<string, string>>;
  /** As it was sent; the oldest bodies are let go first. Never that of a token request, which holds a secret. */
  readonly body?: string;
  /** How the body is put where it is no text. */
  readonly encoding?: 'base64';
}

/** A request as it is handed in: no body is made legible before somebody asks. */
export interface LogEntry extends Omit<LoggedRequest, 'headers' | 'body' | 'encoding'> {
  readonly set: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
}

/** As it is kept. */
interface KeptEntry extends Omit<LogEntry, 'headers' | 'body'> {
  headers: Readonly<Record<string, string>> | undefined;
  body: string | Uint8Array | undefined;
}

export interface LogQuery {
  readonly system?: System;
  /** First segment of the path behind the root. */
  readonly set?: string;
  readonly limit?: number;
  readonly bodies?: boolean;
  readonly headers?: boolean;
}

const KEPT = 10_000;
/** Characters of all bodies together, and of all headers. */
const ALLOWED = 16 * 1024 * 1024;

/** Characters of an address that are shown. */
const LONGEST_URL = 2048;

const SECRET = new Set(['authorization', 'proxy-authorization', 'cookie']);

/** The latest requests to all services, oldest first. */
export class RequestLog {
  private entries: KeptEntry[] = [];
  private allowances = allowances();

  add(made: LogEntry): void {
    const url = made.url.length > LONGEST_URL ? `${made.url.slice(0, LONGEST_URL)}…` : made.url;
    const entry: KeptEntry = { ...made, url, headers: made.headers && withoutSecrets(made.headers), body: made.body };
    this.entries.push(entry);
    if (this.entries.length >= 2 * KEPT) {
      const gone = this.entries.splice(0, KEPT);
      for (const allowance of this.allowances) allowance.withdraw(gone);
    }
    for (const allowance of this.allowances) allowance.claim(entry, this.entries);
  }

  latest({ system, set, limit = KEPT, bodies = false, headers = false }: LogQuery = {}): LoggedRequest[] {
    return this.entries
      .filter((entry) => (system ?? entry.system) === entry.system && (set ?? entry.set) === entry.set)
      .slice(-Math.min(limit, KEPT))
      .map(({ set: _set, headers: sent, body, ...shown }) => ({
        ...shown,
        ...(headers && sent && { headers: sent }),
        ...(bodies && body?.length && legible(body)),
      }));
  }

  clear(): void {
    this.entries = [];
    this.allowances = allowances();
  }
}

const allowances = (): readonly Allowance<KeptEntry>[] => [
  new Allowance<KeptEntry>(
    ALLOWED,
    ({ body }) => body?.length ?? 0,
    (entry) => (entry.body = undefined),
  ),
  new Allowance<KeptEntry>(ALLOWED, lengthOfHeaders, (entry) => (entry.headers = undefined)),
];

function lengthOfHeaders({ headers }: KeptEntry): number {
  let length = 0;
  for (const name in headers) length += name.length + (headers[name]?.length ?? 0);
  return length;
}

function withoutSecrets(sent: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name in sent) {
    const value = sent[name];
    if (value !== undefined && !SECRET.has(name)) kept[name] = value;
  }
  return kept;
}

const legible = (body: string | Uint8Array): Pick<LoggedRequest, 'body' | 'encoding'> =>
  typeof body === 'string' ? { body } : { body: Buffer.from(body).toString('base64'), encoding: 'base64' };
