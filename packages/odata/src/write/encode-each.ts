import { isIsthmusError, type IsthmusError, type WriteOperation } from '@isthmus/core';
import type { BatchOperation } from '../request.js';

/** An operation, and the request that carries it out or the reason why there is none. */
export interface EncodedOperation {
  readonly operation: WriteOperation;
  readonly request: BatchOperation | IsthmusError;
}

/**
 * A record that cannot be put into words is one record's failure; what is wrong with the mapping is everybody's.
 *
 * @throws the fatal errors of `encode`
 */
export function encodeEach(
  operations: readonly WriteOperation[],
  encode: (operation: WriteOperation) => BatchOperation,
): EncodedOperation[] {
  return operations.map((operation) => {
    try {
      return { operation, request: encode(operation) };
    } catch (thrown) {
      if (isIsthmusError(thrown) && thrown.recovery !== 'fatal') return { operation, request: thrown };
      throw thrown;
    }
  });
}

/** Requests of the operations that have one, in their order. */
export const requestsOf = (encoded: readonly EncodedOperation[]): BatchOperation[] =>
  encoded.flatMap(({ request }) => (isIsthmusError(request) ? [] : [request]));
