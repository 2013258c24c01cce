import type { Clock } from '@isthmus/core';
import { dueAt, type Schedule } from './timetable.js';

/** The clock may be put back or forth, and others may run the integration: the time is reckoned anew this often. */
const LONGEST_SLEEP_MS = 30_000;

export interface LoopParts {
  readonly schedule: Schedule;
  readonly clock: Clock;
  /** Start of the integration's last run, by whichever process; milliseconds since 1970. */
  readonly lastStart: () => Promise<number | undefined>;
  /** One run. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** Told of what keeps a run from beginning; the loop goes on. */
  readonly failed: (thrown: unknown) => void;
}

/** Runs one integration at its times, one run after the other, until it is stopped. */
export class ScheduleLoop {
  /** Milliseconds since 1970. */
  due: number | undefined;
  running = false;
  private lastAttempt: number | undefined;

  constructor(private readonly parts: LoopParts) {}

  get integration(): string {
    return this.parts.schedule.integration;
  }

  /** Returns when it is stopped and no run is under way. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.parts;
    let freeSince = clock.now();
    while (!signal.aborted) {
      const wait = await this.timeLeft(freeSince);
      if (wait > 0) await sleep(clock, Math.min(wait, LONGEST_SLEEP_MS), signal);
      else {
        await this.runOnce(signal);
        freeSince = clock.now();
      }
    }
  }

  private async timeLeft(freeSince: number): Promise<number> {
    const { schedule, clock } = this.parts;
    try {
      const known = [await this.parts.lastStart(), this.lastAttempt].filter((start) => start !== undefined);
      const last = known.length > 0 ? Math.max(...known) : undefined;
      const now = clock.now();
      this.due = dueAt(schedule, { now, last, freeSince });
      return this.due - now;
    } catch (thrown) {
      this.parts.failed(thrown);
      return LONGEST_SLEEP_MS;
    }
  }

  private async runOnce(signal: AbortSignal): Promise<void> {
    this.running = true;
    this.lastAttempt = this.parts.clock.now();
    try {
      await this.parts.work(signal);
    } catch (thrown) {
      this.parts.failed(thrown);
    } finally {
      this.running = false;
    }
  }
}

/** Ends early where it is told to stop. */
export async function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}
