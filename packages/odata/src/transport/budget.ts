/** So many answers without throttling earn a target one more request at once. */
const ANSWERS_PER_SLOT = 25;

/** An answer that takes longer is a sign of too much at once. */
const CONGESTED_MS = 60_000;

/**
 * What one target (origin and identity) bears, shared by all clients of the process: how many requests at once, in the
 * order in which they came, and none before an instant that the target named. Being throttled, or answered very slowly,
 * halves the number; answers raise it again by one at a time, up to the smallest `concurrency` among the clients.
 */
export class Budget {
  /** Has this target ever answered? One that never did is more likely misspelt than disturbed. */
  reached = false;

  private readonly shares = new Set<{ readonly concurrency: number }>();
  private readonly queue: (() => void)[] = [];
  private underWay = 0;
  /** What the clients ask for. */
  private limit = Number.POSITIVE_INFINITY;
  /** What the target has shown to bear. */
  private ceiling = Number.POSITIVE_INFINITY;
  private answers = 0;
  private notBefore = 0;
  private lastCut = 0;

  /** @returns what to call when the client closes */
  join(concurrency: number): () => void {
    const share = { concurrency };
    this.shares.add(share);
    this.shareOut();
    return () => {
      this.shares.delete(share);
      this.shareOut();
    };
  }

  /** Resolves when it is the caller's turn; then `leave` has to be called. */
  enter(signal?: AbortSignal): Promise<void> {
    if (this.underWay < this.allowed) {
      this.underWay++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.queue.splice(this.queue.indexOf(start), 1);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.queue.push(start);
    });
  }

  leave(): void {
    this.underWay--;
    this.startNext();
  }

  /** How long nothing may start yet, in milliseconds. */
  pausedFor(now: number): number {
    return Math.max(0, this.notBefore - now);
  }

  /**
   * @param sentAt when the request started
   * @param ms how long the answer took
   */
  answered(now: number, sentAt: number, ms: number): void {
    if (ms > CONGESTED_MS) return this.cut(now, sentAt);
    if (++this.answers < ANSWERS_PER_SLOT || this.ceiling >= this.limit) return;
    this.answers = 0;
    this.ceiling++;
    this.startNext();
  }

  /**
   * The target asked for a pause.
   *
   * @param sentAt when the throttled request started: of those sent together, one alone lowers the number
   */
  throttled(now: number, pauseMs: number, sentAt: number): void {
    this.notBefore = Math.max(this.notBefore, now + pauseMs);
    this.cut(now, sentAt);
  }

  /** The target gave no answer in the time allowed. */
  timedOut(now: number, sentAt: number): void {
    this.cut(now, sentAt);
  }

  private cut(now: number, sentAt: number): void {
    if (sentAt <= this.lastCut) return;
    this.lastCut = now;
    this.answers = 0;
    this.ceiling = Math.max(1, Math.floor(this.allowed / 2));
  }

  private get allowed(): number {
    return Math.min(this.limit, this.ceiling);
  }

  private shareOut(): void {
    this.limit = Math.min(...[...this.shares].map(({ concurrency }) => concurrency));
    this.startNext();
  }

  private startNext(): void {
    while (this.underWay < this.allowed) {
      const start = this.queue.shift();
      if (!start) return;
      this.underWay++;
      start();
    }
  }
}
