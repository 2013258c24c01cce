/** Undoes the writes of a unit that failed. Work is synchronous; a unit inside of another one fails or stays by itself. */
export class Journal {
  private undo: (() => void)[] | undefined;

  record(step: () => void): void {
    this.undo?.push(step);
  }

  atomically<T>(work: () => T): T {
    const outer = this.undo;
    const steps: (() => void)[] = (this.undo = []);
    try {
      const result = work();
      // The outer unit may still fail, and takes this one with it.
      if (outer) for (const step of steps) outer.push(step);
      return result;
    } catch (failure) {
      for (const step of steps.reverse()) step();
      throw failure;
    } finally {
      this.undo = outer;
    }
  }
}
