import type { WriteBatch, WriteOutcome } from '@isthmus/core';
import {
  encodeEach,
  isJsonObject,
  outcomesOf,
  requestsOf,
  writeInPortions,
  type ODataClient,
  type OutcomeOf,
} from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { errors } from '../errors.js';
import { rowReader, selectionOf } from '../read/index.js';
import { refusalOf } from '../refusal/index.js';
import { operationEncoder } from './operation.js';

export interface WriteSettings {
  /** Operations in one request, at most. */
  readonly batchSize: number;
  readonly defaultLegalEntity?: string;
}

/**
 * Writes operations in as many requests as they need, each operation on its own: one that is refused stops no other.
 *
 * @throws what `encodeEach` and `writeInPortions` throw
 */
export async function writeOperations(
  client: ODataClient,
  entity: Entity,
  { operations, signal }: WriteBatch,
  { batchSize, defaultLegalEntity }: WriteSettings,
): Promise<WriteOutcome[]> {
  const encoded = encodeEach(operations, operationEncoder(entity, defaultLegalEntity));
  const outcomeOf = outcomeReader(entity);
  const portions = client.portionsOf(entity.set, batchSize);
  return writeInPortions(encoded, portions, async (portion) => {
    const parts = await client.batch(requestsOf(portion), { continueOnError: true, size: portions.size, signal });
    return outcomesOf(portion, parts, outcomeOf);
  });
}

const DONE: WriteOutcome = { ok: true };
const THROTTLED = 429;

/** The row is read only where the service gave it a key; parsing every answer would cost more than the rest. */
function outcomeReader(entity: Entity): OutcomeOf {
  const read = rowReader(selectionOf(entity, []));
  return (operation, part) => {
    if (!part) return { ok: false, error: errors.FINOPS_NOT_ANSWERED({ entity: entity.name }), systemic: true };
    if (part.status >= 300) return { ok: false, error: refusalOf(part), systemic: part.status === THROTTLED };
    const numbered = operation.kind === 'create' && entity.key.some((name) => operation.fields[name] == null);
    const body = numbered ? part.json() : undefined;
    return isJsonObject(body) ? { ok: true, row: read(body) } : DONE;
  };
}
