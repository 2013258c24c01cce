import type { WriteOutcome } from '@isthmus/core';
import { isJsonObject, serviceFailure, type BatchOperation, type ODataClient } from '@isthmus/odata';
import type { Entity } from '../entities/index.js';

/** Fewer rows than this are as fast in a batch, and each has its own outcome there. */
const WORTHWHILE = 10;

/** What a privilege or a sign-in lacks, it lacks row by row as well. */
const HOPELESS = new Set([401, 403]);

/**
 * Creates rows by CreateMultiple, the fastest way there is and all or nothing. A table that has refused it once, because
 * of a row or altogether, is not asked again: what it saves would be lost to requests in vain.
 */
export class CreateMultiple {
  private readonly refusing = new Set<string>();

  constructor(private readonly client: ODataClient) {}

  suits(entity: Entity, requests: readonly BatchOperation[]): boolean {
    return (
      requests.length >= WORTHWHILE &&
      requests.every(({ method }) => method === 'POST') &&
      !this.refusing.has(entity.set)
    );
  }

  /**
   * @param bodies JSON objects, of one row each
   * @returns undefined where the service refused, and nothing was created
   */
  async create(
    entity: Entity,
    bodies: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<WriteOutcome[] | undefined> {
    const { name, namespace } = entity.type;
    const type = `{"@odata.type":${JSON.stringify(`${namespace}.${name}`)},`;
    const body = `{"Targets":[${bodies.map((row) => type + row.slice(1)).join(',')}]}`;
    const path = `${entity.set}/Microsoft.Dynamics.CRM.CreateMultiple`;
    try {
      const answer = (await this.client.send({ method: 'POST', path, body, signal })).json();
      const ids = isJsonObject(answer) && Array.isArray(answer['Ids']) ? answer['Ids'] : [];
      return bodies.map((_, i) => ({ ok: true, row: { [entity.id]: ids[i] === undefined ? null : String(ids[i]) } }));
    } catch (thrown) {
      const failure = serviceFailure(thrown);
      if (!failure || HOPELESS.has(failure.status)) throw thrown;
      this.refusing.add(entity.set);
      return undefined;
    }
  }
}
