import { AssertionError } from 'chai';
import { dice } from './company/random.js';

/** Every fuzzing test runs for so long; `FUZZ_MS` and `FUZZ_SEED` choose otherwise. */
export const BUDGET_MS = Number(process.env.FUZZ_MS ?? 1500);
export const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
/** No single input may take longer. */
export const SLOW_MS = 2000;

/** The next number below. */
export type Roll = (below: number) => number;

/** The same numbers again for the same seed. */
export function numbers(seed: number): Roll {
  const roll = dice(seed, 'fuzz');
  let index = 0;
  return (below) => roll(index++) % below;
}

/**
 * Tries inputs until the time is over: each is taken or refused, and soon. A failure says the seed, and which input it was.
 *
 * @returns how many were taken, and how many there were
 */
export function fuzz<T>(
  make: (roll: Roll) => T,
  take: (input: T) => void,
  isRefusal: (failure: unknown) => boolean,
): { taken: number; tried: number } {
  const roll = numbers(SEED);
  const end = performance.now() + BUDGET_MS;
  let [taken, tried] = [0, 0];
  for (; performance.now() < end; tried++) {
    const input = make(roll);
    const which = () => `seed ${SEED}, input ${tried}${typeof input === 'string' ? `: ${JSON.stringify(input)}` : ''}`;
    const started = performance.now();
    try {
      take(input);
      taken++;
    } catch (failure) {
      if (!isRefusal(failure)) throw new AssertionError(which(), { cause: failure });
    }
    if (performance.now() - started >= SLOW_MS) throw new AssertionError(`Too slow: ${which()}`);
  }
  return { taken, tried };
}
