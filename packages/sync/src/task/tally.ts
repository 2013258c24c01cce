import { OUTCOMES, type Outcome, type TaskCounts } from '@isthmus/core';

/** Counts what was read and what became of it; the two sides of the reconciliation equation. */
export class Tally {
  private read = 0;
  private readonly outcomes = new Map<Outcome, number>(OUTCOMES.map((outcome) => [outcome, 0]));

  private batches = 0;

  took(records: number): void {
    this.read += records;
  }

  settled(outcome: Outcome, records = 1): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + records);
  }

  /** 1, 2, 3 … */
  nextBatch(): number {
    return ++this.batches;
  }

  /** Held records of this run that go on: they are neither read once more nor held any longer. */
  resumed(records: number, from: Outcome = 'deferred'): void {
    this.took(-records);
    this.settled(from, -records);
  }

  /** Delivered records that wait for their second pass: they are accounted for once more. */
  comesAgain(records: number): void {
    this.took(records);
    this.settled('deferred', records);
  }

  /** What has got somewhere, for good or ill. */
  get progress(): number {
    const { created, updated, unchanged, quarantined } = this.counts();
    return created + updated + unchanged + quarantined;
  }

  /** Something of this run is held back. */
  get holds(): boolean {
    return (this.outcomes.get('deferred') ?? 0) + (this.outcomes.get('quarantined') ?? 0) > 0;
  }

  counts(): TaskCounts {
    return { read: this.read, ...Object.fromEntries(this.outcomes) } as TaskCounts;
  }
}
