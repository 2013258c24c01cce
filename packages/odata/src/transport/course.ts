import type { Clock, EventBus } from '@isthmus/core';
import { errors, type Where } from '../errors.js';

export interface CourseOptions {
  readonly clock: Clock;
  readonly events: EventBus | undefined;
  readonly retries: number;
  readonly retryBudgetMs: number;
}

export interface Setback {
  readonly reason: string;
  readonly cause?: unknown;
}

/** One request on its way through its attempts: counts them, waits between them, and ends when its patience is used up. */
export class Course {
  attempts = 0;
  faults = 0;
  readonly startedAt: number;
  private waitedMs = 0;
  private last: Setback = { reason: 'the service asked for a pause' };

  constructor(
    readonly where: Where,
    private readonly options: CourseOptions,
    private readonly signal: AbortSignal,
  ) {
    this.startedAt = options.clock.now();
  }

  /** Counts a fault. @returns whether there may be another attempt */
  fault(setback: Setback): boolean {
    this.last = setback;
    return ++this.faults <= this.options.retries;
  }

  /** The service asked for patience: bounded by time alone, however often it asks. */
  throttled(setback: Setback): void {
    this.last = setback;
  }

  /** Waits for the next attempt. */
  async retry(delayMs: number): Promise<void> {
    this.checkTime(delayMs);
    const { where, attempts: attempt, last } = this;
    this.options.events?.emit('request.retried', { ...where, attempt, delayMs, reason: last.reason });
    await this.wait(delayMs);
  }

  async wait(ms: number): Promise<void> {
    this.checkTime(ms);
    this.waitedMs += ms;
    try {
      await this.options.clock.sleep(ms, this.signal);
    } finally {
      this.signal.throwIfAborted();
    }
  }

  private checkTime(ms: number): void {
    if (this.waitedMs + ms > this.options.retryBudgetMs) throw this.spent();
  }

  /** Its patience is used up. */
  spent(): Error {
    return errors.ODATA_RETRIES_SPENT(this.particulars(), { cause: this.last.cause });
  }

  /** Its patience is used up, and nobody else was answered either. */
  down(): Error {
    return errors.ODATA_SYSTEM_DOWN(this.particulars(), { cause: this.last.cause });
  }

  private particulars() {
    const { where, attempts, waitedMs, last } = this;
    return { ...where, attempts, waitedMs, reason: last.reason };
  }
}
