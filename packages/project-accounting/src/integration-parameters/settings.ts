import type { Connector, EntityDescription, SourceRow } from '@isthmus/core';
import { errors } from '../errors.js';
import { FIELDS, FIELDS_ENTITY, TABLES, type Table } from './form.js';

/** By name; null where nothing is set. Rows of a table without a field are `Yes` or `No`. */
export type Settings = ReadonlyMap<string, string | null>;

export interface Form {
  readonly legalEntity: string;
  readonly settings: Settings;
  /** The row of the single fields has been made. */
  readonly exists: boolean;
  /** Symbols that the settings may have, of those that are enumerations. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

export const settingOf = ({ name }: Table, member: string): string => `${name}.${member}`;

/**
 * What the form says in a legal entity.
 *
 * @throws PARAMETERS_NOT_EXPOSED
 */
export async function readForm(finops: Connector, legalEntity: string): Promise<Form> {
  const entities = await describe(finops);
  const settings = new Map<string, string | null>();
  const members = new Map<string, readonly string[]>();
  const [row] = await rowsOf(finops, FIELDS_ENTITY, Object.values(FIELDS), legalEntity);
  for (const [setting, field] of Object.entries(FIELDS)) {
    settings.set(setting, textOf(row, field));
    const symbols = entities.get(FIELDS_ENTITY)?.fields.get(field)?.members;
    if (symbols) members.set(setting, symbols);
  }
  for (const table of TABLES) {
    const { entity, key, field } = table;
    const rows = await rowsOf(finops, entity, field === undefined ? [key] : [key, field], legalEntity);
    for (const member of entities.get(entity)?.fields.get(key)?.members ?? []) {
      const own = rows.find((each) => each[key] === member);
      const setting = settingOf(table, member);
      settings.set(setting, field === undefined ? (own ? 'Yes' : 'No') : textOf(own, field));
      if (field === undefined) members.set(setting, ['No', 'Yes']);
    }
  }
  return { legalEntity, settings, exists: row !== undefined, members };
}

async function describe(finops: Connector): Promise<Map<string, EntityDescription>> {
  const names = [FIELDS_ENTITY, ...TABLES.map(({ entity }) => entity)];
  const entities = await finops.describe(names);
  const missing = names.find((name) => !entities.has(name));
  if (missing !== undefined) throw errors.PARAMETERS_NOT_EXPOSED({ entity: missing });
  return entities;
}

async function rowsOf(
  finops: Connector,
  entity: string,
  paths: readonly string[],
  legalEntity: string,
): Promise<SourceRow[]> {
  const found: SourceRow[] = [];
  for await (const { rows } of finops.read({ entity, paths, filter: [], legalEntity })) found.push(...rows);
  return found;
}

function textOf(row: SourceRow | undefined, field: string): string | null {
  const value = row?.[field];
  return typeof value === 'string' && value !== '' ? value : null;
}
