import type { Schema, StoredRow } from '../store/index.js';

/** Where F&O's record ids begin. */
const FIRST_RECORD = 5_637_144_576;

/** Of a table behind the entity that has no row for this one. */
const NO_RECORD = '0,0';

/**
 * `W/"base64('recVersion,recId')"`, with a pair for each table behind the entity. A new row has recVersion 1, which any
 * later one differs from.
 */
export function etagOf({ id, version, values }: StoredRow, { model, byName }: Schema): string {
  const record = `${version},${FIRST_RECORD + id}`;
  const isFilled = (field: string): boolean => Boolean(values[byName.get(field)?.slot ?? -1]);
  const further = (model.furtherTables ?? []).map((fields) => (fields.some(isFilled) ? record : NO_RECORD));
  return `W/"${Buffer.from(`'${[record, ...further].join(';')}'`).toString('base64')}"`;
}
