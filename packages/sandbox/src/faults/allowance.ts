/** Bounds what a list of entries, oldest first, keeps of one kind: where all together is too much, the oldest let theirs go. */
export class Allowance<T> {
  private used = 0;
  /** Entries before this one have let theirs go. */
  private first = 0;

  constructor(
    private readonly most: number,
    private readonly sizeOf: (entry: T) => number,
    private readonly letGo: (entry: T) => void,
  ) {}

  /** @param entries all that there are, the new one being the last */
  claim(entry: T, entries: readonly T[]): void {
    this.used += this.sizeOf(entry);
    while (this.used > this.most) {
      const oldest = entries[this.first++];
      if (oldest === undefined) return;
      this.used -= this.sizeOf(oldest);
      this.letGo(oldest);
    }
  }

  /** Entries from the beginning of the list that are no longer there. */
  withdraw(gone: readonly T[]): void {
    for (const entry of gone.slice(this.first)) this.used -= this.sizeOf(entry);
    this.first = Math.max(0, this.first - gone.length);
  }
}
