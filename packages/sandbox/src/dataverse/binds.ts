import { pathBelow, readSegment } from '../odata/index.js';
import type { Schema, StoredRow, Table, ToOne, Value } from '../store/index.js';
import type { Call } from './call.js';
import { idOf, mustExist, resolveKey } from './keys.js';
import { badPayload, missingContentId } from './refusals.js';

export const ROOT = /^\/api\/data\/v9\.[0-2](?:\/|$)/;

/** Points a lookup at a row, or at nothing; a lookup of several tables then points at none of the others. */
export function assignLookup(values: Value[], { column, target }: ToOne, id: string | null): void {
  values[column.slot] = id;
  if (column.typeSlot !== undefined) values[column.typeSlot] = id === null ? null : target.model.name;
}

/**
 * The id that a reference names: `/accounts(guid)`, `accounts(accountnumber='A1')`, an absolute URL, or `$1` for what
 * another part of the change set made.
 */
export function resolveReference(reference: unknown, target: Schema, owner: Schema, call: Call): string {
  const wrong = () =>
    badPayload(owner, `The value '${String(reference)}' does not refer to a '${target.model.set}' row.`);
  if (typeof reference !== 'string') throw wrong();
  const url = followContentId(reference, call);
  const { name, key } = readSegment(pathBelow(ROOT, url) ?? url.replace(/^\//, ''));
  const table = call.store.table(name);
  if (!table || !key || table.schema.model.name !== target.model.name) throw wrong();
  return idOf(table, mustExist(table, resolveKey(table, key)));
}

/** `$1`, `/$1/…`, also below the root → the URL of the entity that part 1 made; any other URL as it is. */
export function followContentId(reference: string, { contentIds }: Pick<Call, 'contentIds'>): string {
  const [, id, rest = ''] = /^\/?\$([^/?]+)(.*)$/.exec(pathBelow(ROOT, reference) ?? reference) ?? [];
  if (id === undefined || (!contentIds.has(id) && !/^\d/.test(id))) return reference;
  const url = contentIds.get(id);
  if (url === undefined) throw missingContentId(`$${id}`);
  return url + rest;
}

/** The row at the other end of a lookup. */
export function lookupTarget(
  row: StoredRow,
  { column, target }: ToOne,
  call: Call,
): { table: Table; row: StoredRow } | undefined {
  const table = call.store.tableOf(target);
  const id = row.values[column.slot];
  const found = id ? table?.byKey(id) : undefined;
  return table && found ? { table, row: found } : undefined;
}
