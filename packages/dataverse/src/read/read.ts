import type { Page, ReadQuery } from '@isthmus/core';
import type { ODataClient } from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { readPlain } from './plain-read.js';
import { readTracked } from './tracked-read.js';

/** Changes where they are wanted and the table tracks them, otherwise everything. */
export async function* readPages(client: ODataClient, entity: Entity, query: ReadQuery): AsyncGenerator<Page> {
  const wanted = query.trackChanges === true || query.changesSince !== undefined;
  if (wanted && entity.type.changeTracking === true) {
    yield* readTracked(client, entity, query);
    return;
  }
  let restarted = query.changesSince !== undefined;
  for await (const page of readPlain(client, entity, query)) {
    yield restarted ? { ...page, restarted } : page;
    restarted = false;
  }
}
