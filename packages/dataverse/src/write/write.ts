import type { WriteBatch, WriteOperation, WriteOutcome } from '@isthmus/core';
import {
  encodeEach,
  outcomesOf,
  requestsOf,
  writeInPortions,
  type BatchPart,
  type EncodedOperation,
  type ODataClient,
} from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { errors } from '../errors.js';
import { refusalOf } from '../refusal/index.js';
import { addressesOf } from './address.js';
import { membersWriter } from './body.js';
import { CreateMultiple } from './create-multiple.js';
import { toRequest } from './operation.js';

/** Writes operations in as many requests as they need. */
export class Writer {
  private readonly createMultiple: CreateMultiple;

  /** @param batchSize operations in one request */
  constructor(
    private readonly client: ODataClient,
    private readonly batchSize: number,
  ) {
    this.createMultiple = new CreateMultiple(client);
  }

  /**
   * One outcome per operation: one that is refused stops no other.
   *
   * @throws what `encodeEach` and `writeInPortions` throw
   */
  async write(entity: Entity, { operations, signal }: WriteBatch): Promise<WriteOutcome[]> {
    const addressOf = await addressesOf(this.client, entity, operations);
    const members = membersWriter(entity);
    const encoded = encodeEach(operations, (operation) => toRequest(entity, operation, members, addressOf));
    return writeInPortions(encoded, this.batchSize, (portion) => this.send(entity, portion, signal));
  }

  private async send(
    entity: Entity,
    portion: readonly EncodedOperation[],
    signal: AbortSignal | undefined,
  ): Promise<WriteOutcome[]> {
    const requests = requestsOf(portion);
    if (requests.length === portion.length && this.createMultiple.suits(entity, requests)) {
      const bodies = requests.map(({ body = '{}' }) => body);
      const created = await this.createMultiple.create(entity, bodies, signal);
      if (created) return created;
    }
    const parts = await this.client.batch(requests, { continueOnError: true, signal });
    return outcomesOf(portion, parts, (operation, part) => outcomeOf(entity, operation, part));
  }
}

const DONE: WriteOutcome = { ok: true };

function outcomeOf(entity: Entity, operation: WriteOperation, part: BatchPart | undefined): WriteOutcome {
  if (!part) return { ok: false, error: errors.DATAVERSE_NOT_ANSWERED({ entity: entity.set }) };
  if (part.status >= 300) return { ok: false, error: refusalOf(entity, operation, part) };
  const id = operation.kind === 'create' ? idIn(part.headers['odata-entityid']) : undefined;
  return id === undefined ? DONE : { ok: true, row: { [entity.id]: id } };
}

/** `https://…/accounts(<guid>)` */
const idIn = (url: string | undefined): string | undefined => url?.slice(url.lastIndexOf('(') + 1, -1);
