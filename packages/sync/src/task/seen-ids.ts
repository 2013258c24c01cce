const EMPTY = 0;

/**
 * Ids that have been seen, a million of them in 16 MB: only a hash of 53 bits is kept of each. Two ids that share one
 * are taken for the same, which among a million happens once in ten thousand times; then a row that is gone is noticed by
 * no run until the id of the other one goes too.
 */
export class SeenIds {
  private slots = new Float64Array(1024);
  private used = 0;

  add(id: string): void {
    if (this.used * 2 >= this.slots.length) this.grow();
    const hash = hashOf(id);
    const at = this.find(hash);
    if (this.slots[at] === EMPTY) this.used++;
    this.slots[at] = hash;
  }

  has(id: string): boolean {
    return this.slots[this.find(hashOf(id))] !== EMPTY;
  }

  /** Where the hash is, or would be. */
  private find(hash: number): number {
    const { slots } = this;
    let at = hash % slots.length;
    while (slots[at] !== EMPTY && slots[at] !== hash) at = (at + 1) % slots.length;
    return at;
  }

  private grow(): void {
    const { slots } = this;
    this.slots = new Float64Array(slots.length * 2);
    for (const hash of slots) if (hash !== EMPTY) this.slots[this.find(hash)] = hash;
  }
}

/** Two multiplicative hashes of 32 bits side by side, cut to the 53 bits of a whole number; never 0. */
function hashOf(text: string): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (high & 0x1fffff) * 0x100000000 + (low >>> 0) + 1;
}
