import type { Row } from './company/index.js';
import { blankOf } from './finops/index.js';
import { finopsEnums } from './model/index.js';
import { toScale } from './odata/index.js';
import type { Store, Table, Value } from './store/index.js';

type Sources = ReadonlyMap<string, () => Iterable<Row>>;

/** Fills a Dataverse store; every row gets a version of its own. */
export function seedDataverse(store: Store, sources: Sources): void {
  for (const table of store.tables) {
    const { byName, width, columns } = table.schema;
    const version = byName.get('versionnumber');
    const types = columns.flatMap(({ lookup, typeSlot }) =>
      lookup && typeSlot !== undefined ? [{ name: `_${lookup.attribute}_type`, typeSlot }] : [],
    );
    for (const source of sources.get(table.schema.model.set)?.() ?? []) {
      const values = new Array<Value>(width).fill(null);
      fill(values, source, table, true);
      for (const { name, typeSlot } of types) values[typeSlot] = source[name] ?? null;
      const next = store.nextVersion();
      if (version) values[version.slot] = String(next);
      table.insert(values, next);
    }
  }
}

/** Fills an F&O store, where nothing is null and every row starts at the same version. */
export function seedFinops(store: Store, sources: Sources): void {
  const enums = new Map(finopsEnums.map(({ name, members }) => [name, members]));
  for (const table of store.tables) {
    const blanks = table.schema.columns.map((column) => blankOf(column, enums));
    for (const source of sources.get(table.schema.model.set)?.() ?? []) {
      const values = [...blanks];
      fill(values, source, table, false);
      table.insert(values, 1);
    }
  }
}

function fill(values: Value[], source: Row, { schema }: Table, fillScale: boolean): void {
  for (const name in source) {
    const column = schema.byName.get(name);
    const value = source[name];
    if (!column || value === null || value === undefined) continue;
    const { type, scale = 0 } = column;
    values[column.slot] = type === 'Edm.Decimal' ? toScale(String(value), scale, fillScale) : value;
  }
}
