import type { Headers } from '../request.js';

/** How long a target is left alone that asks for a pause and names no time, as in the publisher's sample for F&O. */
export const UNTOLD_PAUSE_MS = 30_000;

/**
 * What `Retry-After` asks for, in milliseconds from now: seconds, or an HTTP date. A date is measured against the
 * answer's own `Date`, so that a clock that runs differently here makes nobody early.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const sent = Date.parse(headers['date'] ?? '');
  return Math.max(0, until - (Number.isNaN(sent) ? now : sent));
}
