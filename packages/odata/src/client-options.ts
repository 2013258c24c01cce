import type { Clock, EventBus, TextCache } from '@isthmus/core';
import type { TokenProvider } from './auth/index.js';
import type { JsonValue } from './json/index.js';
import type { Headers } from './request.js';
import type { ServiceMessage } from './service-message.js';

export interface ODataClientOptions {
  /** Name of the connection, for events and errors. */
  readonly name: string;
  /** For example `https://contoso.crm.dynamics.com/api/data/v9.2/`. */
  readonly root: string;
  readonly token: TokenProvider;
  readonly events: EventBus;
  readonly clock: Clock;
  /** Sent with every request, and with every operation of a batch. */
  readonly headers?: Headers;
  /** Requests under way at once, default 8. Clients of one target share the smallest that any of them asks for. */
  readonly concurrency?: number;
  /** Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Longest silence while waiting for an answer or inside it, default 180,000. */
  readonly readTimeoutMs?: number;
  /** How often a request is sent again after a fault, default 5. Throttling is bounded by `retryBudgetMs` alone. */
  readonly retries?: number;
  /** How long one request may wait in all between its attempts, default 600,000. */
  readonly retryBudgetMs?: number;
  /** Ask for, and send, decimals and 64-bit integers as text (`IEEE754Compatible=true`), default true. */
  readonly ieee754?: boolean;
  /**
   * How the operations of a batch are addressed, default `absolute`. The protocol allows both; some services know only
   * addresses `relative` to their root.
   */
  readonly batchUrls?: 'absolute' | 'relative';
  /** Where metadata is kept from one process to the next. */
  readonly cache?: TextCache | undefined;
  /** Default `$metadata`. */
  readonly metadataPath?: string;
  /** Pulls code and message out of the service's own error body; OData's `error.code`, `error.message` unless given. */
  readonly describeError?: DescribeError;
}

/** Not asked where the answer has no JSON. */
export type DescribeError = (status: number, body: JsonValue) => ServiceMessage;
