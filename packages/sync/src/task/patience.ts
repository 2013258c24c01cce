import { isIsthmusError, type Clock } from '@isthmus/core';

/** Before each further attempt, in milliseconds. The connector has been patient with each request before. */
export const PAUSES: readonly number[] = [500, 1500, 4000];

/** Tries again what may succeed later. Only for work that may be done twice. */
export async function patiently<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await work();
    } catch (thrown) {
      if (!isIsthmusError(thrown) || thrown.recovery !== 'retry') throw thrown;
      await clock.sleep(pause);
    }
  }
  return work();
}
