import type { WriteBatch, WriteOperation, WriteOutcome } from '@isthmus/core';
import {
  encodeEach,
  outcomesOf,
  requestsOf,
  writeInPortions,
  type BatchPart,
  type BatchSize,
  type EncodedOperation,
  type ODataClient,
} from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { errors } from '../errors.js';
import { refusalOf } from '../refusal/index.js';
import { addressesOf } from './address.js';
import { membersWriter } from './body.js';
import { BulkMessages } from './bulk-messages.js';
import { toRequest } from './operation.js';

/** Bulk messages want operations of one kind. What frees a key goes before what takes it. */
const ORDER = { delete: 0, update: 1, create: 2 } as const;

/** Writes operations in as many requests as they need: by bulk messages where they work, otherwise in batches. */
export class Writer {
  private readonly bulk: BulkMessages;

  /** @param batchSize operations in one request, at most */
  constructor(
    private readonly client: ODataClient,
    private readonly batchSize: number,
  ) {
    this.bulk = new BulkMessages(client);
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
    const ordered = [...encoded.entries()].sort(
      ([, { operation: one }], [, { operation: other }]) => ORDER[one.kind] - ORDER[other.kind],
    );
    const portions = this.client.portionsOf(entity.set, this.batchSize);
    const written = await writeInPortions(
      ordered.map(([, one]) => one),
      portions,
      (portion) => this.send(entity, portion, portions.size, signal),
    );
    const outcomes = new Map(ordered.map(([index], at) => [index, written[at]]));
    return operations.map((_, index) => outcomes.get(index) ?? notAnswered(entity));
  }

  /** @returns outcomes of the operations at the beginning that are of one kind */
  private async send(
    entity: Entity,
    portion: readonly EncodedOperation[],
    size: BatchSize,
    signal: AbortSignal | undefined,
  ): Promise<WriteOutcome[]> {
    const kind = portion[0]?.operation.kind;
    const end = portion.findIndex(({ operation }) => operation.kind !== kind);
    const same = end < 0 ? portion : portion.slice(0, end);
    const written = await this.bulk.write(entity, same, size, signal);
    if (written) return written;
    const parts = await this.client.batch(requestsOf(same), { continueOnError: true, size, signal });
    return outcomesOf(same, parts, (operation, part) => outcomeOf(entity, operation, part));
  }
}

const DONE: WriteOutcome = { ok: true };
const THROTTLED = 429;

const notAnswered = ({ set }: Entity): WriteOutcome => ({
  ok: false,
  error: errors.DATAVERSE_NOT_ANSWERED({ entity: set }),
  systemic: true,
});

function outcomeOf(entity: Entity, operation: WriteOperation, part: BatchPart | undefined): WriteOutcome {
  if (!part) return notAnswered(entity);
  const systemic = part.status === THROTTLED;
  if (part.status >= 300) return { ok: false, error: refusalOf(entity, operation, part), systemic };
  const id = operation.kind === 'create' ? idIn(part.headers['odata-entityid']) : undefined;
  return id === undefined ? DONE : { ok: true, row: { [entity.id]: id } };
}

/** `https://…/accounts(<guid>)` */
const idIn = (url: string | undefined): string | undefined => url?.slice(url.lastIndexOf('(') + 1, -1);
