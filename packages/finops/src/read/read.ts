import type { Page, ReadQuery } from '@isthmus/core';
import { queryString, type ODataClient } from '@isthmus/odata';
import type { Entity, Field } from '../entities/index.js';
import { serverFilter } from './filter.js';
import { queryOf, rowReader, selectionOf } from './selection.js';
import { watermarkFor } from './watermark.js';

/** Reads are across companies; a legal entity is one condition more. */
export const ACROSS_COMPANIES = { 'cross-company': 'true' } as const;

/**
 * All rows that match, page by page; where the entity has a field that tells when a row was changed, those since a token.
 *
 * @param modified that field
 */
export async function* readPages(
  client: ODataClient,
  entity: Entity,
  query: ReadQuery,
  modified?: Field,
): AsyncGenerator<Page> {
  const watermark = watermarkFor(modified, query);
  const filter = serverFilter(entity, query.filter, query.legalEntity);
  const unsent = filter.complete ? [] : query.filter.map(({ path }) => path);
  const selection = selectionOf(entity, [...query.paths, ...unsent, ...(watermark && modified ? [modified.name] : [])]);
  const read = rowReader(selection);
  const text = [watermark?.filter, filter.text].filter(Boolean).join(' and ') || undefined;
  const options = { ...queryOf(selection), filter: text, custom: ACROSS_COMPANIES };
  // A token from a time when the entity had such a field says nothing any more.
  let restarted = query.changesSince !== undefined && !watermark;
  for await (const { value } of client.pages(entity.set + queryString(options), { signal: query.signal })) {
    const page = { rows: value.map(read), deleted: [], filtered: filter.complete };
    watermark?.note(page);
    yield restarted ? { ...page, restarted } : page;
    restarted = false;
  }
  const token = watermark?.token;
  if (token !== undefined) yield { rows: [], deleted: [], filtered: filter.complete, token };
}
