/** How long a target that is down is left alone. */
const OPEN_MS = 30_000;

/**
 * Whether a target is up at all. When one request has used up its patience and nothing was answered meanwhile, all others
 * end as well instead of each finding out by itself.
 */
export class Circuit {
  private lastAnswer = Number.NEGATIVE_INFINITY;
  private open: { readonly error: Error; readonly until: number } | undefined;
  private readonly waiting = new Set<(error: Error) => void>();

  answered(now: number): void {
    this.lastAnswer = now;
    this.open = undefined;
  }

  hasAnsweredSince(start: number): boolean {
    return this.lastAnswer > start;
  }

  break(now: number, error: Error): void {
    this.open = { error, until: now + OPEN_MS };
    for (const stop of [...this.waiting]) stop(error);
  }

  /** The error for who comes while the target is left alone. */
  errorAt(now: number): Error | undefined {
    return this.open && now < this.open.until ? this.open.error : undefined;
  }

  /** @returns what to call when it is of no interest any more */
  onBreak(stop: (error: Error) => void): () => void {
    this.waiting.add(stop);
    return () => this.waiting.delete(stop);
  }
}
