export { BatchSize } from './batch-size.js';
export type { Load } from './batch-size.js';
export type { RawAnswer } from './exchange.js';
export { backoffMs } from './backoff.js';
export { retryAfterMs, UNTOLD_PAUSE_MS } from './retry-after.js';
export { safeUrl } from './safe-url.js';
export { Transport } from './transport.js';
export type { TransportOptions } from './transport.js';
export { asksForPause } from './verdict.js';
