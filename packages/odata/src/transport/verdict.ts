import type { Method } from '../request.js';

/**
 * What to do after an attempt.
 *
 * - `answer`: it is the answer, good or bad.
 * - `pause`: not carried out; the whole target pauses, then it is sent again.
 * - `again`: harmless to send again after a while.
 * - `lost`: may have been carried out, so it must not be sent again.
 */
export type Verdict = 'answer' | 'pause' | 'again' | 'lost';

/** A gateway answered for a service that may have been at work. */
const UNCERTAIN = new Set([408, 502, 503, 504]);

interface Attempted {
  readonly method: Method;
  readonly idempotent: boolean;
}

/** @param promised does the answer say when to come back? */
export function judgeStatus(status: number, promised: boolean, { method, idempotent }: Attempted): Verdict {
  if (status === 429 || (status === 503 && promised)) return 'pause';
  if (UNCERTAIN.has(status)) return idempotent ? 'again' : 'lost';
  // A read costs nothing to repeat; what a write did before it failed is for the caller to find out.
  return status === 500 && method === 'GET' ? 'again' : 'answer';
}
