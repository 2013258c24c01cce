/** Twelve digits after the point, in whole numbers: arithmetic that shares nothing with what is tested. */
const SCALE = 12;

export function exact(digits: unknown): bigint {
  const text = String(digits);
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return text.startsWith('-') ? -units : units;
}

/** Sums of an amount, by what the rows have in common. */
export function sumsBy<T>(
  rows: readonly T[],
  key: (row: T) => string,
  amount: (row: T) => unknown,
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0n) + exact(amount(row)));
  return new Map([...sums].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Whole numbers below a limit, the same ones for the same seed. */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** An amount with up to ten digits after the point, one in five of them negative. */
export function randomAmount(roll: (below: number) => number): string {
  const digits = `${String(roll(10 ** 9)).padStart(9, '0')}${roll(10)}`.slice(0, roll(11));
  return `${roll(5) === 0 ? '-' : ''}${roll(90_000)}${digits && `.${digits}`}`;
}
