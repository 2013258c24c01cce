import type { Headers, Method } from './request.js';

export function lowerCased(headers: Headers = {}): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * Does it come to the same to send it twice? A write that is bound to an etag, or to the row not being there, would
 * fail its own condition the second time.
 *
 * @param headers names in lower case
 */
export function isIdempotent(method: Method, headers: Headers): boolean {
  if (method === 'GET') return true;
  const ifMatch = headers['if-match'] ?? '*';
  return method !== 'POST' && ifMatch === '*' && headers['if-none-match'] !== '*';
}
