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
   * @throws where the first request was lost; what follows a lost request later on is not sent, and has the loss as outcome
   */
  async write(entity: Entity, { operations, signal }: WriteBatch): Promise<WriteOutcome[]> {
    const encoded = await this.encode(entity, operations);
    const outcomes: WriteOutcome[] = [];
    for (let at = 0; at < operations.length; at += this.batchSize) {
      const end = at + this.batchSize;
      try {
        outcomes.push(...(await this.send(entity, operations.slice(at, end), encoded.slice(at, end), signal)));
      } catch (thrown) {
        if (at === 0 || !isIsthmusError(thrown)) throw thrown;
        return [...outcomes, ...operations.slice(at).map((): WriteOutcome => ({ ok: false, error: thrown }))];
      }
    }
    return outcomes;
  }

  /** A record that cannot be put into words is one record's failure; what is wrong with the mapping is everybody's. */
  private async encode(entity: Entity, operations: readonly WriteOperation[]): Promise<Encoded[]> {
    const addressOf = await addressesOf(this.client, entity, operations);
    const members = membersWriter(entity);
    return operations.map((operation) => {
      try {
        return toRequest(entity, operation, members, addressOf);
      } catch (thrown) {
        if (isIsthmusError(thrown) && thrown.recovery !== 'fatal') return thrown;
        throw thrown;
      }
    });
  }

  private async send(
    entity: Entity,
    operations: readonly WriteOperation[],
    encoded: readonly Encoded[],
    signal: AbortSignal | undefined,
  ): Promise<WriteOutcome[]> {
    const requests = encoded.filter(isRequest);
    if (requests.length === operations.length && this.createMultiple.suits(entity, requests)) {
      const bodies = requests.map(({ body = '{}' }) => body);
      const created = await this.createMultiple.create(entity, bodies, signal);
      if (created) return created;
    }
    const parts = await this.client.batch(requests, { continueOnError: true, signal });
    let next = 0;
    return operations.map((operation, i) => {
      const request = encoded[i];
      return isIsthmusError(request) ? { ok: false, error: request } : outcomeOf(entity, operation, parts[next++]);
    });
  }
}

type Encoded = BatchOperation | IsthmusError;

const isRequest = (encoded: Encoded): encoded is BatchOperation => !isIsthmusError(encoded);

const DONE: WriteOutcome = { ok: true };

function outcomeOf(entity: Entity, operation: WriteOperation, part: BatchPart | undefined): WriteOutcome {
  if (!part) return { ok: false, error: errors.DATAVERSE_NOT_ANSWERED({ entity: entity.set }) };
  if (part.status >= 300) return { ok: false, error: refusalOf(entity, operation, part) };
  const id = operation.kind === 'create' ? idIn(part.headers['odata-entityid']) : undefined;
  return id === undefined ? DONE : { ok: true, row: { [entity.id]: id } };
}

/** `https://…/accounts(<guid>)` */
const idIn = (url: string | undefined): string | undefined => url?.slice(url.lastIndexOf('(') + 1, -1);
