import type { KeyPart } from '../odata/index.js';
import { fromText, kindOf } from '../odata/index.js';
import type { StoredRow, Table } from '../store/index.js';
import type { Call } from './call.js';
import { badRequest } from './refusals.js';
import { sees } from './companies.js';

/** The row of a key; all key fields are needed, in any order. Rows of another company hide without `cross-company`. */
export function findRow(call: Call, table: Table, key: readonly KeyPart[]): StoredRow | undefined {
  const { schema } = table;
  const parts = schema.key.map((column) => {
    const part = key.find(({ name }) => name === column.name) ?? (schema.key.length === 1 ? key[0] : undefined);
    const text = part && (column.type === 'Enum' ? memberOf(part.text) : part.text);
    const value = text === undefined ? undefined : fromText(kindOf(column), text);
    if (value === undefined) {
      throw badRequest(
        'The number of keys specified in the URI does not match number of key properties for the resource ' +
          `'Microsoft.Dynamics.DataEntities.${schema.model.name}'.`,
      );
    }
    return value;
  });
  const row = table.byKey(...parts);
  return row && sees(call, schema, row) ? row : undefined;
}

/** `Microsoft.Dynamics.DataEntities.NoYes'Yes'` → `Yes`. */
const memberOf = (literal: string): string => /'([^']*)'$/.exec(literal)?.[1] ?? literal;
