/** A bounded number of jobs at once. The first failure is kept and thrown to whoever adds or waits next. */
export class InFlight {
  private readonly running = new Set<Promise<void>>();
  private failure: { readonly thrown: unknown } | undefined;

  constructor(private readonly most: number) {}

  /** Starts the job as soon as there is room. */
  async add(job: () => Promise<void>): Promise<void> {
    while (this.running.size >= this.most) await Promise.race(this.running);
    this.throwIfFailed();
    const running: Promise<void> = job()
      .catch((thrown: unknown) => {
        this.failure ??= { thrown };
      })
      .finally(() => this.running.delete(running));
    this.running.add(running);
  }

  async drain(): Promise<void> {
    await this.idle();
    this.throwIfFailed();
  }

  /** Nothing runs any more; failures are not thrown. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  private throwIfFailed(): void {
    if (this.failure) throw this.failure.thrown;
  }
}
