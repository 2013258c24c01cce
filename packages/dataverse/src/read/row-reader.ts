import type { SourceRow } from '@isthmus/core';
import { isJsonObject, type JsonObject } from '@isthmus/odata';
import { readValue } from '../entities/index.js';
import type { SelectedLookup, Selection } from './selection.js';

export type RowReader = (json: JsonObject) => SourceRow;

/**
 * Finds the row that a lookup of `json` points at; null where it points at nothing, and an empty row where it points at
 * one that is gone or may not be read: "refers to nothing" and "refers to something unreadable" are not the same.
 */
export type Follow = (json: JsonObject) => SourceRow | null;

export const UNREADABLE: SourceRow = {};

export interface FollowedLookup {
  readonly lookup: SelectedLookup;
  readonly follow: Follow;
}

/**
 * Compiles a selection into a function from an answer's row to the row that leaves the connector.
 *
 * @param followed how to find what the lookups point at; in the answer itself unless given
 */
export function rowReader({ fields, lookups }: Selection, followed = lookups.map(expanded)): RowReader {
  const columns = fields.map(({ name, column }) => ({ name, column }));
  const targets = followed.map(({ lookup, follow }) => ({ hop: lookup.hop, follow }));
  return (json) => {
    const row: Record<string, SourceRow[string]> = {};
    for (const { name, column } of columns) row[name] = readValue(json[column]);
    for (const { hop, follow } of targets) row[hop] = follow(json);
    return row;
  };
}

function expanded(lookup: SelectedLookup): FollowedLookup {
  const { navigation, inner, column, sole } = lookup;
  const read = rowReader(inner);
  const follow: Follow = (json) => {
    const target = json[navigation];
    if (isJsonObject(target)) return read(target);
    return sole && typeof json[column] === 'string' ? UNREADABLE : null;
  };
  return { lookup, follow };
}
