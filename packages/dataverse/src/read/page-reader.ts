import type { SourceRow } from '@isthmus/core';
import type { Expand, JsonObject, ODataClient } from '@isthmus/odata';
import { LookupReader } from './lookup-reader.js';
import { rowReader } from './row-reader.js';
import { columnsOf, expandsOf, type Selection } from './selection.js';

/** How the rows of a page and the rows that they point at come together. */
export interface PageReader {
  readonly select: readonly string[];
  readonly expand?: readonly Expand[];
  read(rows: readonly JsonObject[], signal: AbortSignal | undefined): Promise<SourceRow[]>;
}

/** The service joins them. */
export function expandingReader(selection: Selection): PageReader {
  const read = rowReader(selection);
  return { select: columnsOf(selection), expand: expandsOf(selection), read: async (rows) => rows.map(read) };
}

/** Every page is followed by a second read of what it points at, as far as that isn't known. */
export function followingReader(client: ODataClient, selection: Selection): PageReader {
  const readers = selection.lookups.map((lookup) => ({ lookup, reader: new LookupReader(client, lookup) }));
  return {
    select: [...new Set([...columnsOf(selection), ...selection.lookups.map(({ column }) => column)])],
    async read(rows, signal) {
      const follows = await Promise.all(
        readers.map(async ({ lookup, reader }) => ({ lookup, follow: await reader.follow(rows, signal) })),
      );
      return rows.map(rowReader(selection, follows));
    },
  };
}
