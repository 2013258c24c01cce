import { isIsthmusError, type WriteOutcome } from '@isthmus/core';
import type { EncodedOperation } from './encode-each.js';

/**
 * Writes operations in portions, one request after the other.
 *
 * @param size operations in one portion
 * @throws where the first portion was lost; what follows a lost portion later on is not sent, and has the loss as outcome
 */
export async function writeInPortions(
  encoded: readonly EncodedOperation[],
  size: number,
  write: (portion: readonly EncodedOperation[]) => Promise<readonly WriteOutcome[]>,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (let at = 0; at < encoded.length; at += size) {
    try {
      outcomes.push(...(await write(encoded.slice(at, at + size))));
    } catch (thrown) {
      if (at === 0 || !isIsthmusError(thrown)) throw thrown;
      return [...outcomes, ...encoded.slice(at).map((): WriteOutcome => ({ ok: false, error: thrown }))];
    }
  }
  return outcomes;
}
