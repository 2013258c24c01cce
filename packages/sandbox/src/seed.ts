import type { Row } from './company/index.js';
import { blankOf } from './finops/index.js';
import { APPLICATION_USER, finopsEnums } from './model/index.js';
import { toScale } from './odata/index.js';
import type { Store, Table, Value } from './store/index.js';
import { SharedTexts } from './store/index.js';

type Sources = ReadonlyMap<string, () => Iterable<Row>>;

/** Fills a Dataverse store, each table when it is first asked for; every row gets a version of its own. */
export function seedDataverse(store: Store, sources: Sources): void {
  for (const table of store.tables) {
    const { byName, width, columns, model } = table.schema;
    const versionSlot = byName.get('versionnumber')?.slot;
    const authors = ['_createdby_value', '_modifiedby_value'].flatMap((name) => byName.get(name)?.slot ?? []);
    const types = columns.flatMap(({ lookup, typeSlot }) =>
      lookup && typeSlot !== undefined ? [{ name: `_${lookup.attribute}_type`, typeSlot }] : [],
    );
    store.fillLater(table, () => {
      let id = 0;
      const shared = new SharedTexts();
      for (const source of sources.get(model.set)?.() ?? []) {
        const values = new Array<Value>(width).fill(null);
        for (const slot of authors) values[slot] = APPLICATION_USER.systemuserid;
        copy(source, values, table, shared, true);
        for (const { name, typeSlot } of types) values[typeSlot] = source[name] ?? null;
        const version = store.nextVersion();
        if (versionSlot !== undefined) values[versionSlot] = String(version);
        table.restore({ id: id++, version, values });
      }
    });
  }
}

/** Fills an F&O store in the same way; there nothing is null, and every row starts at version 1. */
export function seedFinops(store: Store, sources: Sources): void {
  const enums = new Map(finopsEnums.map(({ name, members }) => [name, members]));
  for (const table of store.tables) {
    const blanks = table.schema.columns.map((column) => blankOf(column, enums));
    store.fillLater(table, () => {
      let id = 0;
      const shared = new SharedTexts();
      for (const source of sources.get(table.schema.model.set)?.() ?? []) {
        const values = [...blanks];
        copy(source, values, table, shared, false);
        table.restore({ id: id++, version: 1, values });
      }
    });
  }
}

function copy(source: Row, values: Value[], { schema }: Table, shared: SharedTexts, fillScale: boolean): void {
  for (const name in source) {
    const column = schema.byName.get(name);
    const value = source[name];
    if (!column || value === null || value === undefined) continue;
    const { type, scale = 0 } = column;
    const stored = type === 'Edm.Decimal' ? toScale(String(value), scale, fillScale) : value;
    values[column.slot] = shared.get(stored, column);
  }
}
