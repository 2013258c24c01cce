import type { Method } from '../request.js';
import type { Load } from './batch-size.js';

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
  readonly load?: Load | undefined;
}

/** Not carried out, but put off. */
export const asksForPause = (status: number, promised: boolean): boolean =>
  status === 429 || (status === 503 && promised);

/** @param promised does the answer say when to come back? */
export function judgeStatus(status: number, promised: boolean, { method, idempotent, load }: Attempted): Verdict {
  if (asksForPause(status, promised)) return 'pause';
  if (UNCERTAIN.has(status)) return idempotent ? 'again' : 'lost';
  if (status !== 500) return 'answer';
  // A read costs nothing to repeat, nor does a batch of them. Of many writes, some may have been done before it failed.
  if (method === 'GET' || (method === 'POST' && idempotent)) return 'again';
  return load ? 'lost' : 'answer';
}
