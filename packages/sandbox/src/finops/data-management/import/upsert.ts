import { Refusal, type JsonObject } from '../../../odata/index.js';
import type { Table } from '../../../store/index.js';
import type { Environment } from '../../call.js';
import { decodeValue } from '../../values.js';
import { changeRow, insertRow } from '../../writes.js';

export type Target = Pick<Environment, 'store' | 'enums' | 'switches'>;

/**
 * Writes a staged row by its entity key: a package creates and updates alike, with the rules that OData applies too.
 *
 * @returns what it did, or the refusal
 */
export function upsert(target: Target, table: Table, payload: JsonObject): 'created' | 'updated' | Refusal {
  const { schema } = table;
  try {
    return target.store.atomically(() => {
      const key = schema.key.map((column) => decodeValue(payload[column.name] ?? null, column, schema, target));
      const row = table.byKey(...key);
      if (row) changeRow(target, table, row, payload);
      else insertRow(target, table, payload);
      return row ? 'updated' : 'created';
    });
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}
