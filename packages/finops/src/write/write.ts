import {
  isIsthmusError,
  type IsthmusError,
  type WriteBatch,
  type WriteOperation,
  type WriteOutcome,
} from '@isthmus/core';
import type { BatchOperation, BatchPart, ODataClient } from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { errors } from '../errors.js';
import { isObject } from '../json.js';
import { rowReader, selectionOf } from '../read/index.js';
import { refusalOf } from '../refusal/index.js';
import { operationEncoder, type OperationEncoder } from './operation.js';

export interface WriteSettings {
  /** Operations in one request. */
  readonly batchSize: number;
  readonly defaultLegalEntity?: string;
}

/**
 * Writes operations in as many requests as they need, each operation on its own: one that is refused stops no other.
 *
 * @throws where the first request was lost; what follows a lost request later on is not sent, and has the loss as outcome
 */
export async function writeOperations(
  client: ODataClient,
  entity: Entity,
  { operations, signal }: WriteBatch,
  { batchSize, defaultLegalEntity }: WriteSettings,
): Promise<WriteOutcome[]> {
  const encode = operationEncoder(entity, defaultLegalEntity);
  const answered = outcomeReader(entity);
  const outcomes: WriteOutcome[] = [];
  for (let at = 0; at < operations.length; at += batchSize) {
    const chunk = operations.slice(at, at + batchSize);
    const requests = chunk.map((operation) => encoded(encode, operation));
    try {
      const parts = await client.batch(requests.filter(isRequest), { continueOnError: true, signal });
      outcomes.push(...outcomesOf(chunk, requests, parts, answered));
    } catch (thrown) {
      if (at === 0 || !isIsthmusError(thrown)) throw thrown;
      return [...outcomes, ...operations.slice(at).map((): WriteOutcome => ({ ok: false, error: thrown }))];
    }
  }
  return outcomes;
}

type Encoded = BatchOperation | IsthmusError;

const isRequest = (encoded: Encoded): encoded is BatchOperation => !isIsthmusError(encoded);

/** A record that cannot be put into words is one record's failure; what is wrong with the mapping is everybody's. */
function encoded(encode: OperationEncoder, operation: WriteOperation): Encoded {
  try {
    return encode(operation);
  } catch (thrown) {
    if (isIsthmusError(thrown) && thrown.recovery === 'quarantine') return thrown;
    throw thrown;
  }
}

type OutcomeReader = (operation: WriteOperation, part: BatchPart | undefined) => WriteOutcome;

function outcomesOf(
  operations: readonly WriteOperation[],
  requests: readonly Encoded[],
  parts: readonly BatchPart[],
  answered: OutcomeReader,
): WriteOutcome[] {
  let next = 0;
  return operations.map((operation, i) => {
    const request = requests[i];
    return isIsthmusError(request) ? { ok: false, error: request } : answered(operation, parts[next++]);
  });
}

const DONE: WriteOutcome = { ok: true };

/** The row is read only where the service gave it a key; parsing every answer would cost more than the rest. */
function outcomeReader(entity: Entity): OutcomeReader {
  const read = rowReader(selectionOf(entity, []));
  return (operation, part) => {
    if (!part) return { ok: false, error: errors.FINOPS_NOT_ANSWERED({ entity: entity.name }) };
    if (part.status >= 300) return { ok: false, error: refusalOf(part) };
    const numbered = operation.kind === 'create' && entity.key.some((name) => operation.fields[name] == null);
    const body = numbered ? part.json() : undefined;
    return isObject(body) ? { ok: true, row: read(body) } : DONE;
  };
}
