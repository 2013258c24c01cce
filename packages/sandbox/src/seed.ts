import type { Row, RowSource } from './company/index.js';
import type { DataverseSwitches } from './dataverse/index.js';
import { defaultsOf, versionNumber } from './dataverse/index.js';
import { blankOf } from './finops/index.js';
import { APPLICATION_USER, finopsEnums } from './model/index.js';
import { toScale } from './odata/index.js';
import type { PageSource, Store, StoredRow, Table, Value } from './store/index.js';
import { ROWS_PER_PAGE, SharedTexts } from './store/index.js';

type Sources = ReadonlyMap<string, RowSource>;

/** The rows that a Dataverse store begins with, by table; every row has a version of its own. */
export function dataverseRows(
  store: Store,
  sources: Sources,
  switches: DataverseSwitches = {},
): Map<Table, PageSource> {
  return pageSources(store, sources, (table) => {
    const { byName, columns } = table.schema;
    const defaults = defaultsOf(table.schema);
    const versionSlot = byName.get('versionnumber')?.slot;
    const authors = ['_createdby_value', '_modifiedby_value'].flatMap((name) => byName.get(name)?.slot ?? []);
    const types = columns.flatMap(({ lookup, typeSlot }) =>
      lookup && typeSlot !== undefined ? [{ name: `_${lookup.attribute}_type`, typeSlot }] : [],
    );
    const shared = new SharedTexts();
    const before = store.version;
    const size = sources.get(table.schema.model.set)?.size ?? 0;
    store.version += size;
    const versionOf = (id: number): number => before + 1 + id;
    const make = (source: Row, id: number): StoredRow => {
      const values = [...defaults];
      for (const slot of authors) values[slot] = APPLICATION_USER.systemuserid;
      copy(source, values, table, shared, true);
      for (const { name, typeSlot } of types) values[typeSlot] = source[name] ?? null;
      const version = versionOf(id);
      if (versionSlot !== undefined) values[versionSlot] = versionNumber(version, switches);
      return { id, version, values };
    };
    return { make, versionOf };
  });
}

/** The same of an F&O store; there nothing is null, and every row starts at version 1. */
export function finopsRows(store: Store, sources: Sources): Map<Table, PageSource> {
  return pageSources(store, sources, (table) => {
    const blanks = finopsBlank(table);
    const shared = new SharedTexts();
    const make = (source: Row, id: number): StoredRow => {
      const values = [...blanks];
      copy(source, values, table, shared, false);
      return { id, version: 1, values };
    };
    return { make, versionOf: () => 1 };
  });
}

const enums = new Map(finopsEnums.map(({ name, members }) => [name, members]));

/** A row of F&O in which nothing is filled in. */
export const finopsBlank = ({ schema }: Table): readonly Value[] =>
  schema.columns.map((column) => blankOf(column, enums));

/** The same of Dataverse, where that is null. */
export const dataverseBlank = ({ schema }: Table): readonly Value[] => new Array<Value>(schema.width).fill(null);

interface RowFactory {
  readonly make: (source: Row, id: number) => StoredRow;
  readonly versionOf: (id: number) => number;
}

/** Nothing is made before it is asked for, and then a page at a time: a large company costs only what is used. */
function pageSources(store: Store, sources: Sources, factoryOf: (table: Table) => RowFactory): Map<Table, PageSource> {
  const pages = new Map<Table, PageSource>();
  for (const table of store.tables) {
    const rows = sources.get(table.schema.model.set);
    const { make, versionOf } = factoryOf(table);
    if (!rows) continue;
    const { size } = rows;
    pages.set(table, {
      length: size,
      size,
      newest: (page) => versionOf(Math.min(size, (page + 1) * ROWS_PER_PAGE) - 1),
      read: (page) => {
        const first = page * ROWS_PER_PAGE;
        const made: StoredRow[] = [];
        for (const row of rows(first)) {
          if (made.length === ROWS_PER_PAGE) break;
          made.push(make(row, first + made.length));
        }
        return made;
      },
      keys: (page) => {
        const first = page * ROWS_PER_PAGE;
        const length = Math.min(ROWS_PER_PAGE, size - first);
        const ids = Array.from({ length }, (_, place) => rows.idAt?.(first + place));
        return ids.every((id) => id !== undefined) ? ids : undefined;
      },
    });
  }
  return pages;
}

function copy(source: Row, values: Value[], { schema }: Table, shared: SharedTexts, fillScale: boolean): void {
  for (const name in source) {
    const column = schema.byName.get(name);
    const value = source[name];
    if (!column || value === null || value === undefined) continue;
    const { type, scale = 0 } = column;
    values[column.slot] = type === 'Edm.Decimal' ? shared.get(toScale(String(value), scale, fillScale)) : value;
  }
}
