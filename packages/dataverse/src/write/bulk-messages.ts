import { isIsthmusError, type WriteOutcome } from '@isthmus/core';
import {
  isJsonObject,
  serviceFailure,
  type BatchSize,
  type EncodedOperation,
  type JsonValue,
  type ODataClient,
  type ServiceFailure,
} from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { idsOf } from './address.js';
import { LostRows } from './lost-rows.js';
import { Trust } from './trust.js';

/** Fewer rows than this are as fast in a batch, and each has its own outcome there. */
const WORTHWHILE = 10;

/** What a privilege or a sign-in lacks, it lacks row by row as well; what is too large has to be cut. */
const NOT_FOR_A_BATCH = new Set([401, 403, 413]);

/** The table does not have the message. */
const isUnknown = ({ status, message }: ServiceFailure): boolean =>
  [404, 405, 501].includes(status) || /\b(?:not|n't) support/i.test(message);

/** Which message does what operations of a kind do one by one. There is none for deletes of standard tables. */
const MESSAGES = { create: 'CreateMultiple', update: 'UpdateMultiple', delete: undefined } as const;

/**
 * CreateMultiple and UpdateMultiple: the fastest way there is, and all or nothing. UpsertMultiple is left alone: it would
 * create what has been deleted meanwhile, and says nothing of the rows.
 */
export class BulkMessages {
  private readonly trust = new Map<string, Trust>();
  private readonly lost = new LostRows();

  constructor(private readonly client: ODataClient) {}

  /**
   * @param portion all of one kind
   * @returns undefined where this is not the way to write them, and nothing was written
   */
  async write(
    entity: Entity,
    portion: readonly EncodedOperation[],
    size: BatchSize,
    signal: AbortSignal | undefined,
  ): Promise<WriteOutcome[] | undefined> {
    const message = portion[0] && MESSAGES[portion[0].operation.kind];
    if (!message || portion.length < WORTHWHILE) return undefined;
    const way = `${entity.set} ${message}`;
    const trust = this.trustIn(way);
    // Others may be written in between, so that the rest alone does not see to it.
    const onceLost = this.lost.take(way, portion);
    if (!trust.worthTrying || onceLost) return undefined;
    const targets = await this.targetsOf(entity, portion);
    if (!targets) return undefined;

    const request = {
      method: 'POST',
      path: `${entity.set}/Microsoft.Dynamics.CRM.${message}`,
      body: `{"Targets":[${targets.join(',')}]}`,
      load: { size, operations: portion.length },
      signal,
    } as const;
    try {
      const answer = await this.client.send(request);
      const outcomes = message === 'CreateMultiple' ? createdIn(entity, portion, answer.json()) : portion.map(done);
      trust.proven();
      return outcomes;
    } catch (thrown) {
      const failure = serviceFailure(thrown);
      if (failure && !NOT_FOR_A_BATCH.has(failure.status)) {
        if (isUnknown(failure)) trust.unknown();
        else trust.refused();
        return undefined;
      }
      if (isIsthmusError(thrown) && thrown.recovery === 'retry') {
        trust.refused();
        this.lost.add(way, portion);
      }
      throw thrown;
    }
  }

  /** JSON objects with type and, for updates, primary key; undefined where one of the rows has none. */
  private async targetsOf(entity: Entity, portion: readonly EncodedOperation[]): Promise<string[] | undefined> {
    const { name, namespace } = entity.type;
    const type = `{"@odata.type":${JSON.stringify(`${namespace}.${name}`)}`;
    const keys = portion.filter(({ operation }) => operation.kind === 'update').map(({ operation }) => operation.key);
    const idOf = keys.length === 0 ? undefined : await idsOf(this.client, entity, keys);
    const targets: string[] = [];
    for (const { operation, request } of portion) {
      if (isIsthmusError(request)) return undefined;
      const id = idOf?.(operation.key);
      if (idOf && id === undefined) return undefined;
      const key = id === undefined ? '' : `,${JSON.stringify(entity.id)}:${JSON.stringify(id)}`;
      const { body = '{}' } = request;
      targets.push(`${type}${key}${body === '{}' ? '' : ','}${body.slice(1)}`);
    }
    return targets;
  }

  private trustIn(way: string): Trust {
    const known = this.trust.get(way) ?? new Trust();
    this.trust.set(way, known);
    return known;
  }
}

const done = (): WriteOutcome => ({ ok: true });

/** The ids come in the order of the targets. */
function createdIn(entity: Entity, portion: readonly EncodedOperation[], answer: JsonValue): WriteOutcome[] {
  const ids = isJsonObject(answer) && Array.isArray(answer['Ids']) ? answer['Ids'] : [];
  return portion.map((_, i) => ({ ok: true, row: { [entity.id]: ids[i] === undefined ? null : String(ids[i]) } }));
}
