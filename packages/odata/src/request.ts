import type { JsonObject, JsonValue } from './json/index.js';
import type { BatchSize, Load } from './transport/index.js';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Header name → value. Names of an answer are lower-case. */
export type Headers = Readonly<Record<string, string>>;

export interface ODataRequest {
  readonly method: Method;
  /** Relative to the client's root (`accounts?$top=1`), or an absolute URL on the root's origin. Already encoded. */
  readonly path: string;
  readonly headers?: Headers | undefined;
  /** Preferences, sent as one `Prefer` header. */
  readonly prefer?: readonly string[];
  /** JSON text. */
  readonly body?: string | undefined;
  /** May it be sent again when its answer was lost? Unless said: all but POST and writes bound to an etag. */
  readonly idempotent?: boolean;
  /** Of a request that carries many writes. */
  readonly load?: Load | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ODataResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Headers;
  readonly text: string;
  /** The body, decimals as text. Parsed when first asked for. */
  json(): JsonValue;
}

export interface ODataPage {
  readonly value: readonly JsonObject[];
  readonly nextLink?: string | undefined;
  readonly deltaLink?: string | undefined;
  readonly context?: string | undefined;
  readonly count?: number | undefined;
}

export type GetOptions = Pick<ODataRequest, 'headers' | 'prefer' | 'signal'>;

export interface PageOptions {
  /** Becomes `Prefer: odata.maxpagesize`, on every page. */
  readonly maxPageSize?: number;
  readonly prefer?: readonly string[];
  readonly headers?: Headers | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One operation of a batch. */
export interface BatchOperation {
  readonly method: Method;
  /** As in `ODataRequest`; or `$1`, `$1/…` for what the operation with Content-ID 1 of the same change set made. */
  readonly path: string;
  readonly headers?: Headers | undefined;
  /** JSON text. */
  readonly body?: string | undefined;
  /** Neighbours with the same change set succeed or fail together; without one, an operation stands alone. */
  readonly changeSet?: number | string;
  /** For `$1` references. Operations of a change set that have none are numbered. */
  readonly contentId?: string;
}

/** The answer to one operation. A failed change set has one answer, which each of its operations gets. */
export type BatchPart = ODataResponse;

export interface BatchOptions {
  /** Go on behind an operation that fails. Otherwise the service stops there, and the rest has no answer. */
  readonly continueOnError?: boolean;
  /** Told how the service bears so many operations at once. */
  readonly size?: BatchSize | undefined;
  readonly headers?: Headers | undefined;
  readonly signal?: AbortSignal | undefined;
}
