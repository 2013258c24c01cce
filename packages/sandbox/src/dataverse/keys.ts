import type { KeyPart } from '../odata/index.js';
import { fromText, kindOf, toScale } from '../odata/index.js';
import type { Column, StoredRow, Table, Value } from '../store/index.js';
import { badSyntax, doesNotExist, invalidKey, noSuchKeyValues } from './refusals.js';

/** A key with one of these cannot be used in a URL, encoded or not. */
const FORBIDDEN = /[/<>*%&:\\?+]/;

/** A row's address: what the URL says, and the row if it is there. */
export interface Address {
  readonly row: StoredRow | undefined;
  /** The key's columns and values, for creating the row that is not there. */
  readonly values: readonly (readonly [Column, Value])[];
  readonly byPrimaryKey: boolean;
}

/** Finds the row of a primary key (a guid, alone or named) or of an alternate key. */
export function resolveKey(table: Table, key: readonly KeyPart[]): Address {
  const { schema } = table;
  const [only] = key;
  const primary = schema.key[0];
  if (key.length === 1 && only && primary && (only.name === undefined || only.name === primary.name)) {
    return resolveId(table, only.text);
  }
  const values = key.map(({ name = '', text }): [Column, Value] => {
    const column = schema.byName.get(name);
    if (column?.type === 'Edm.String' && FORBIDDEN.test(text)) throw badSyntax();
    const value = column && stored(column, fromText(kindOf(column), text));
    if (!column || value === undefined) throw invalidKey(schema);
    return [column, value];
  });
  const index = table.alternates.find(
    ({ columns }) =>
      columns.length === values.length && columns.every((each) => values.some(([column]) => column === each)),
  );
  if (!index) throw invalidKey(schema);
  const id = index.find(index.columns.map((each) => values.find(([column]) => column === each)?.[1] ?? null));
  return { row: table.byId(id), values, byPrimaryKey: false };
}

/** The row with this guid. */
export function resolveId(table: Table, text: string): Address {
  const [primary] = table.schema.key;
  const id = fromText('guid', text);
  if (!primary || id === undefined) throw invalidKey(table.schema);
  return { row: table.byKey(id), values: [[primary, id]], byPrimaryKey: true };
}

/** A value as the column keeps it: a decimal with all its digits. */
const stored = ({ scale }: Column, value: Value | undefined): Value | undefined =>
  scale !== undefined && typeof value === 'string' ? toScale(value, scale, true) : value;

/** The row at an address, or the refusal that says that it is not there. */
export function mustExist(table: Table, { row, values, byPrimaryKey }: Address): StoredRow {
  if (row) return row;
  throw byPrimaryKey ? doesNotExist(table.schema, String(values[0]?.[1])) : noSuchKeyValues(table.schema);
}

export const idOf = (table: Table, row: StoredRow): string => String(row.values[table.schema.key[0]?.slot ?? 0]);

export const etagOf = (row: StoredRow): string => `W/"${row.version}"`;
