import { keyText, type DestinationRow, type WriteOperation } from '@isthmus/core';
import { entityPath, literal, type ODataClient } from '@isthmus/odata';
import { fieldOf, type Entity } from '../entities/index.js';
import { errors } from '../errors.js';
import { findRows } from '../read/index.js';

/**
 * Address of the row with the key.
 *
 * @throws DATAVERSE_ROW_MISSING, or ODATA_LITERAL_INVALID for a key that no row can have
 */
export type AddressOf = (key: DestinationRow) => string;

/**
 * Finds out how the rows of operations are addressed: by id, by alternate key, or, where the key is neither or has
 * characters that addresses do not stand, by looking up the id first.
 */
export async function addressesOf(
  client: ODataClient,
  entity: Entity,
  operations: readonly WriteOperation[],
): Promise<AddressOf> {
  const keys = operations.filter(({ kind }) => kind !== 'create').map(({ key }) => key);
  const idOf = await idsOf(
    client,
    entity,
    keys.filter((key) => !hasAddress(entity, key)),
  );
  return (key) => {
    if (hasAddress(entity, key)) return addressOf(entity, key);
    const id = idOf(key);
    if (id !== undefined) return entityPath(entity.set, literal.guid(id));
    throw errors.DATAVERSE_ROW_MISSING({
      status: 404,
      message: `${entity.type.name} with ${describeKey(key)} does not exist`,
    });
  };
}

/** In alternate keys these break the request, even when they are escaped. */
const BREAKING = ['/', '<', '>', '*', '%', '&', ':', '\\', '?', '+'];

function hasAddress({ id, type }: Entity, key: DestinationRow): boolean {
  if (id in key) return true;
  const names = Object.keys(key);
  return (
    type.alternateKeys.some((columns) => columns.length === names.length && columns.every((column) => column in key)) &&
    Object.values(key).every(
      (value) => value !== null && !BREAKING.some((character) => String(value).includes(character)),
    )
  );
}

function addressOf(entity: Entity, key: DestinationRow): string {
  const id = key[entity.id];
  if (id !== undefined) return entityPath(entity.set, literal.guid(String(id)));
  const literals: Record<string, string> = {};
  for (const name in key) {
    const field = fieldOf(entity, name);
    literals[field.column] = field.literal(key[name] ?? '');
  }
  return entityPath(entity.set, literals);
}

/** Primary keys of the rows with these keys; those that are no primary keys themselves are looked up. */
export async function idsOf(
  client: ODataClient,
  entity: Entity,
  keys: readonly DestinationRow[],
): Promise<(key: DestinationRow) => string | undefined> {
  const others = keys.filter((key) => !(entity.id in key));
  const [first] = others;
  const found = new Map<string, string>();
  if (first) {
    const values = others.map((key) => Object.values(key));
    const rows = await findRows(client, entity, { entity: entity.set, key: Object.keys(first), values, fields: [] });
    for (const [text, row] of rows) found.set(text, String(row[entity.id]));
  }
  return (key) => (entity.id in key ? String(key[entity.id]) : found.get(keyText(Object.values(key))));
}

const describeKey = (key: DestinationRow): string =>
  Object.entries(key)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
