import { isIsthmusError, type WriteOperation, type WriteOutcome } from '@isthmus/core';
import type { BatchPart } from '../request.js';
import type { EncodedOperation } from './encode-each.js';

/** @param part undefined where the service answered fewer operations than it was sent */
export type OutcomeOf = (operation: WriteOperation, part: BatchPart | undefined) => WriteOutcome;

/**
 * One outcome per operation.
 *
 * @param parts the answers to `requestsOf(encoded)`
 */
export function outcomesOf(
  encoded: readonly EncodedOperation[],
  parts: readonly BatchPart[],
  outcomeOf: OutcomeOf,
): WriteOutcome[] {
  let next = 0;
  return encoded.map(({ operation, request }) =>
    isIsthmusError(request) ? { ok: false, error: request } : outcomeOf(operation, parts[next++]),
  );
}
