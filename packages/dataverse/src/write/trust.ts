/** So many portions are written the other way after the first refusal; twice as many after each further one. */
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 256;

/**
 * Whether a way of writing is worth trying. A refusal costs a request in vain, so the way rests for a while, longer each
 * time; what a table does not know at all is not tried again.
 */
export class Trust {
  private pause = 0;
  private resting = 0;

  /** Asked once for each portion. */
  get worthTrying(): boolean {
    if (this.resting === 0) return true;
    this.resting--;
    return false;
  }

  proven(): void {
    this.pause = 0;
  }

  refused(): void {
    this.pause = Math.min(LONGEST_PAUSE, this.pause * 2 || FIRST_PAUSE);
    this.resting = this.pause;
  }

  unknown(): void {
    this.resting = Number.POSITIVE_INFINITY;
  }
}
