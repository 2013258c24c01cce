const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Exponential with full jitter: anything from nothing to 0.5 s, 1 s, 2 s … 30 s, so that clients do not come back together. */
export function backoffMs(attempt: number): number {
  return Math.round(Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1)));
}
