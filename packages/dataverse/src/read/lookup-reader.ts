import type { SourceRow } from '@isthmus/core';
import { queryString, type JsonObject, type ODataClient } from '@isthmus/odata';
import { anyOf } from './any-of.js';
import { RecentMap } from './recent-map.js';
import { rowReader, UNREADABLE, type Follow, type RowReader } from './row-reader.js';
import { columnsOf, expandsOf, type SelectedLookup } from './selection.js';

/** Rows remembered for one lookup: many rows point at few. */
const REMEMBERED = 20_000;

/**
 * Follows a lookup by reading the rows behind it by their ids, for queries that may not expand. The lookups of those
 * rows are expanded: their query is an ordinary one.
 */
export class LookupReader {
  /** An id that is not there is remembered too, as null. */
  private readonly known = new RecentMap<string, { readonly row: SourceRow | null }>(REMEMBERED);
  private readonly read: RowReader;

  constructor(
    private readonly client: ODataClient,
    private readonly lookup: SelectedLookup,
  ) {
    this.read = rowReader(lookup.inner);
  }

  /** Reads what the rows of a page point at, as far as it isn't known. */
  async follow(rows: readonly JsonObject[], signal: AbortSignal | undefined): Promise<Follow> {
    const { column, sole } = this.lookup;
    const targets = new Map<string, SourceRow | null>();
    const unknown = new Set<string>();
    for (const row of rows) {
      const id = row[column];
      if (typeof id !== 'string' || targets.has(id) || unknown.has(id)) continue;
      const known = this.known.get(id);
      if (known) targets.set(id, known.row);
      else unknown.add(id);
    }
    for (const [id, row] of await this.fetch([...unknown], signal)) targets.set(id, row);
    return (json) => {
      const id = json[column];
      if (typeof id !== 'string') return null;
      return targets.get(id) ?? (sole ? UNREADABLE : null);
    };
  }

  private async fetch(ids: readonly string[], signal: AbortSignal | undefined): Promise<Map<string, SourceRow | null>> {
    const { inner } = this.lookup;
    const { entity } = inner;
    const found = new Map<string, SourceRow | null>(ids.map((id) => [id, null]));
    const options = { select: columnsOf(inner), expand: expandsOf(inner) };
    await Promise.all(
      anyOf(
        entity,
        [entity.id],
        ids.map((id) => [id]),
      ).map(async (filter) => {
        const path = entity.set + queryString({ ...options, filter });
        for await (const { value } of this.client.pages(path, { signal })) {
          for (const json of value) found.set(String(json[entity.id]), this.read(json));
        }
      }),
    );
    for (const [id, row] of found) this.known.set(id, { row });
    return found;
  }
}
