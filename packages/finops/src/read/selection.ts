import type { SourceRow } from '@isthmus/core';
import { isJsonObject, type Expand, type JsonObject } from '@isthmus/odata';
import { fieldOf, LEGAL_ENTITY, resolvePath, type Entity, type Field } from '../entities/index.js';

/** The fields that paths ask for: those of the row, and those of rows one lookup away. */
export interface Selection {
  readonly fields: ReadonlyMap<string, Field>;
  /** By the name that the paths give the lookup. */
  readonly lookups: ReadonlyMap<string, SelectedLookup>;
}

interface SelectedLookup {
  readonly navigation: string;
  readonly fields: Map<string, Field>;
}

/** What the paths ask for, and the key. @throws what `resolvePath` throws */
export function selectionOf(entity: Entity, paths: readonly string[]): Selection {
  const key = entity.perLegalEntity ? [LEGAL_ENTITY, ...entity.key] : entity.key;
  const fields = new Map(key.map((name) => [name, fieldOf(entity, name)]));
  const lookups = new Map<string, SelectedLookup>();
  for (const path of paths) {
    const { field, lookup } = resolvePath(entity, path);
    if (!lookup) {
      fields.set(field.name, field);
      continue;
    }
    const selected = lookups.get(lookup.hop) ?? { navigation: lookup.navigation, fields: new Map<string, Field>() };
    selected.fields.set(field.name, field);
    lookups.set(lookup.hop, selected);
  }
  return { fields, lookups };
}

export function queryOf({ fields, lookups }: Selection): { select: string[]; expand: Expand[] } {
  const expand = [...lookups.values()].map((lookup) => ({
    navigation: lookup.navigation,
    select: [...lookup.fields.keys()],
  }));
  return { select: [...fields.keys()], expand };
}

export type RowReader = (json: JsonObject) => SourceRow;

/** Compiles the selection into a function from an answer's row to the row that leaves the connector. */
export function rowReader({ fields, lookups }: Selection): RowReader {
  const own = [...fields.values()];
  const followed = [...lookups].map(([hop, { navigation, fields: inner }]) => ({
    hop,
    navigation,
    read: rowReader({ fields: inner, lookups: new Map() }),
  }));
  return (json) => {
    const row: Record<string, SourceRow[string]> = {};
    for (const field of own) row[field.name] = field.read(json[field.name]);
    for (const { hop, navigation, read } of followed) {
      const target = json[navigation];
      row[hop] = isJsonObject(target) ? read(target) : null;
    }
    return row;
  };
}
