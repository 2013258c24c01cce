import type { Page, ReadQuery } from '@isthmus/core';
import { queryString, type ODataClient } from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { serverFilter } from './filter.js';
import { expandingReader, followingReader } from './page-reader.js';
import { countLookups, MAX_EXPANDS, selectionOf } from './selection.js';

/** All rows that match, filtered by the server; lookups are expanded, as far as one query may. */
export async function* readPlain(client: ODataClient, entity: Entity, query: ReadQuery): AsyncGenerator<Page> {
  const { text: filter, exact } = serverFilter(entity, query.filter);
  const tested = exact ? [] : query.filter.map(({ path }) => path);
  const selection = selectionOf(entity, [entity.id, ...query.paths, ...tested]);
  const reader =
    countLookups(selection) <= MAX_EXPANDS ? expandingReader(selection) : followingReader(client, selection);

  const { select, expand } = reader;
  const path = entity.set + queryString({ select, expand, filter });
  for await (const { value } of client.pages(path, { signal: query.signal })) {
    yield { rows: await reader.read(value, query.signal), deleted: [], filtered: exact };
  }
}
