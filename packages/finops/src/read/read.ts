import type { Page, ReadQuery } from '@isthmus/core';
import { queryString, type ODataClient } from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { serverFilter } from './filter.js';
import { queryOf, rowReader, selectionOf } from './selection.js';

/** Reads are across companies; a legal entity is one condition more. */
export const ACROSS_COMPANIES = { 'cross-company': 'true' } as const;

/** All rows that match, page by page. There is no change tracking to ask for. */
export async function* readPages(client: ODataClient, entity: Entity, query: ReadQuery): AsyncGenerator<Page> {
  const filter = serverFilter(entity, query.filter, query.legalEntity);
  const unsent = filter.complete ? [] : query.filter.map(({ path }) => path);
  const selection = selectionOf(entity, [...query.paths, ...unsent]);
  const read = rowReader(selection);
  const options = { ...queryOf(selection), filter: filter.text, custom: ACROSS_COMPANIES };
  for await (const { value } of client.pages(entity.set + queryString(options), { signal: query.signal })) {
    yield { rows: value.map(read), deleted: [], filtered: filter.complete };
  }
}
