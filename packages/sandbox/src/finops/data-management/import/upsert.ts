import { Refusal, type JsonObject } from '../../../odata/index.js';
import type { Store, Table } from '../../../store/index.js';
import { decodeValue, type EnumMembers } from '../../values.js';
import { changeRow, insertRow } from '../../writes.js';

export interface Target {
  readonly store: Store;
  readonly enums: EnumMembers;
}

/**
 * Writes a staged row by its entity key: a package creates and updates alike, with the rules that OData applies too.
 *
 * @returns what it did, or the refusal
 */
export function upsert({ store, enums }: Target, table: Table, payload: JsonObject): 'created' | 'updated' | Refusal {
  const { schema } = table;
  try {
    return store.atomically(() => {
      const key = schema.key.map((column) => decodeValue(payload[column.name] ?? null, column, schema, enums));
      const row = table.byKey(...key);
      if (row) changeRow({ store, enums }, table, row, payload);
      else insertRow({ store, enums }, table, payload);
      return row ? 'updated' : 'created';
    });
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}
