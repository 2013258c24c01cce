/** A request that takes longer holds too much; it is at risk of being given up by a gateway. */
export const LONG_MS = 30_000;
/** One that takes no longer than this has room for more. */
const SHORT_MS = 10_000;
/** Of the most that is allowed, what is added at once. */
const STEP = 0.1;

/**
 * How many operations go into one request. Halved when a request was too large or took too long, raised by steps while
 * they are answered quickly.
 */
export class BatchSize {
  private bearable = Number.POSITIVE_INFINITY;

  /** @param most as configured */
  upTo(most: number): number {
    return Math.max(1, Math.min(most, this.bearable));
  }

  /** @param ms from sending to the end of the answer */
  answered(operations: number, ms: number): void {
    if (ms > LONG_MS) this.tooMuch(operations);
    else if (ms < SHORT_MS && operations >= this.bearable) this.bearable += Math.max(1, Math.round(operations * STEP));
  }

  /** Refused for its size, or not answered in time. */
  tooMuch(operations: number): void {
    this.bearable = Math.max(1, Math.floor(Math.min(operations, this.bearable) / 2));
  }
}

/** Operations that one request carries, and where it is learnt how many are good. */
export interface Load {
  readonly size: BatchSize;
  readonly operations: number;
}
