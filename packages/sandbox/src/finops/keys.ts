import type { KeyPart, Kind, LiteralType, Token } from '../odata/index.js';
import { fromText, kindOf, tokenize } from '../odata/index.js';
import type { Column, StoredRow, Table, Value } from '../store/index.js';
import type { Call } from './call.js';
import { sees } from './companies.js';
import { NAMESPACE } from './dialect.js';
import { badRequest } from './refusals.js';

/** The row of a key; all key fields are needed, in any order. Rows of another company hide without `cross-company`. */
export function findRow(call: Call, table: Table, key: readonly KeyPart[]): StoredRow | undefined {
  const { schema } = table;
  const alone = schema.key.length === 1 && key[0]?.name === undefined ? key[0] : undefined;
  const parts = schema.key.flatMap((column) => {
    const part = alone ?? key.find(({ name }) => name === column.name);
    return part ? [valueOf(part.literal, column, call)] : [];
  });
  if (parts.length !== schema.key.length || key.length !== parts.length) {
    throw badRequest(
      'The number of keys specified in the URI does not match number of key properties for the resource ' +
        `'${NAMESPACE}.${schema.model.name}'.`,
    );
  }
  const row = table.byKey(...parts);
  return row && sees(call, schema, row) ? row : undefined;
}

/** The literal in which a value stands in a key, as it does in a filter: texts quoted, all others bare. */
const LITERALS: Readonly<Partial<Record<Kind, LiteralType>>> = {
  text: 'string',
  guid: 'guid',
  boolean: 'boolean',
  number: 'number',
  digits: 'number',
  moment: 'date',
  day: 'date',
};

const WHOLE = /^-?\d+$/;

/** @throws Refusal where the literal is none of the column's type */
function valueOf(source: string, column: Column, call: Call): Value {
  const [token, end] = tokenize(source);
  const value =
    token && end?.kind === 'end' && fits(token, column, call) ? fromText(kindOf(column), token.text) : undefined;
  if (value === undefined) throw badRequest('Bad Request - Error in query syntax.');
  return value;
}

function fits(token: Token, column: Column, { enums }: Call): boolean {
  const { type, enumType = '' } = column;
  const isWhole = type === 'Edm.Int32' || type === 'Edm.Int64';
  if (isWhole && !WHOLE.test(token.text)) return false;
  if (token.kind !== 'enum') return token.kind === 'literal' && token.type === LITERALS[kindOf(column)];
  const named = token.enumType === `${NAMESPACE}.${enumType}` || token.enumType === enumType;
  return type === 'Enum' && named && enums.get(enumType)?.includes(token.text) === true;
}
