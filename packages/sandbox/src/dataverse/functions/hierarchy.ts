import type { FilterFunction } from '../../odata/index.js';
import type { Column, StoredRow, Table, Value } from '../../store/index.js';
import { invalid, negated, onlyText, readArguments } from './arguments.js';

/** Rows above or below one row, along the lookup by which the rows of a table name their parent. */
const related =
  (ids: (root: StoredRow, table: Table, parent: Column) => Set<Value>, itself: boolean): FilterFunction =>
  (call, bind, { schema, scope }) => {
    const { operand, texts } = readArguments(call, bind);
    const table = scope.store.tableOf(schema);
    const parent = schema.columns.find(({ lookup }) => lookup?.hierarchical);
    if (!table || !parent) throw invalid(`'${schema.model.name}' has no hierarchy for the function '${call.name}'.`);
    const root = table.byKey(onlyText(call, texts));
    const found = root ? ids(root, table, parent) : new Set<Value>();
    if (root && itself) found.add(keyOf(root, table));
    return (row) => found.has(operand.read(row));
  };

const keyOf = (row: StoredRow, table: Table): Value => row.values[table.schema.key[0]?.slot ?? 0] ?? null;

function ancestors(root: StoredRow, table: Table, parent: Column): Set<Value> {
  const found = new Set<Value>();
  for (let id = root.values[parent.slot] ?? null; id !== null && !found.has(id);) {
    found.add(id);
    id = table.byKey(id)?.values[parent.slot] ?? null;
  }
  return found;
}

function descendants(root: StoredRow, table: Table, parent: Column): Set<Value> {
  const found = new Set<Value>();
  const open = [keyOf(root, table)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const child of table.withValue(parent, id)) {
      const row = table.byId(child);
      const key = row ? keyOf(row, table) : null;
      if (key === null || found.has(key)) continue;
      found.add(key);
      open.push(key);
    }
  }
  return found;
}

export const hierarchyFunctions: Readonly<Record<string, FilterFunction>> = {
  Above: related(ancestors, false),
  AboveOrEqual: related(ancestors, true),
  Under: related(descendants, false),
  UnderOrEqual: related(descendants, true),
  NotUnder: negated(related(descendants, false)),
};
