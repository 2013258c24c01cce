import type { Page, ReadQuery } from '@isthmus/core';
import { queryString, serviceFailure, type JsonObject, type ODataClient, type ODataPage } from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { followingReader } from './page-reader.js';
import { selectionOf } from './selection.js';

/**
 * All rows, or those that changed since a token, which is a delta link. The service neither filters nor expands while it
 * tracks changes: the reader of the page has to test the conditions, and lookups are followed by a read of their own.
 */
export async function* readTracked(client: ODataClient, entity: Entity, query: ReadQuery): AsyncGenerator<Page> {
  const { signal, changesSince } = query;
  const paths = [entity.id, ...query.paths, ...query.filter.map(({ path }) => path)];
  const reader = followingReader(client, selectionOf(entity, paths));
  const everything = entity.set + queryString({ select: reader.select });

  for await (const { page, restarted } of changesOrAll(client, everything, changesSince, signal)) {
    const { deltaLink: token } = page;
    const present = page.value.filter((row) => !isDeleted(row));
    yield {
      rows: await reader.read(present, signal),
      deleted: page.value.filter(isDeleted).map(({ id }) => String(id)),
      filtered: false,
      ...(token === undefined ? {} : { token }),
      ...(restarted ? { restarted } : {}),
    };
  }
}

interface TrackedPage {
  readonly page: ODataPage;
  /** The first page of a full read in place of the changes asked for. */
  readonly restarted: boolean;
}

async function* changesOrAll(
  client: ODataClient,
  everything: string,
  changesSince: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedPage> {
  let restarted = false;
  if (changesSince !== undefined) {
    try {
      for await (const page of client.pages(changesSince, { signal })) yield { page, restarted };
      return;
    } catch (thrown) {
      if (!isExpired(thrown)) throw thrown;
      restarted = true;
    }
  }
  for await (const page of client.pages(everything, { prefer: ['odata.track-changes'], signal })) {
    yield { page, restarted };
    restarted = false;
  }
}

/** Deleted rows come as entries of their own, with nothing but id and reason. */
const isDeleted = (row: JsonObject): boolean => String(row['@odata.context'] ?? '').endsWith('$deletedEntity');

const EXPIRED = /version stamp .*expired/i;

/** The status of an expired token is not documented; its text is. */
function isExpired(thrown: unknown): boolean {
  const failure = serviceFailure(thrown);
  return failure !== undefined && (failure.status === 410 || EXPIRED.test(failure.message));
}
