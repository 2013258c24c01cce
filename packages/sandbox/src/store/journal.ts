/** Undoes the writes of a unit that failed. Work is synchronous, so one unit is open at a time; an inner one joins it. */
export class Journal {
  private undo: (() => void)[] | undefined;

  record(step: () => void): void {
    this.undo?.push(step);
  }

  atomically<T>(work: () => T): T {
    if (this.undo) return work();
    const steps: (() => void)[] = (this.undo = []);
    try {
      return work();
    } catch (failure) {
      for (const step of steps.reverse()) step();
      throw failure;
    } finally {
      this.undo = undefined;
    }
  }
}
