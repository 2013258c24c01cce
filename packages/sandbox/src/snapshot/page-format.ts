import { deserialize, serialize } from 'node:v8';
import type { Page, Schema, StoredRow, Value } from '../store/index.js';
import { SharedTexts } from '../store/index.js';

/** A page column by column, by name, so that a column more or less in the model does not spoil the file. */
interface EncodedPage {
  readonly first: number;
  /** Of each row; 0 where there is none. */
  readonly versions: Float64Array;
  readonly columns: Readonly<Record<string, EncodedColumn>>;
}

/** The values of the rows or, with `at`, the values that occur and which of them each row has. */
interface EncodedColumn {
  readonly values: readonly Value[];
  readonly at?: Uint16Array;
}

export function encodePage(page: Page, first: number, schema: Schema): Uint8Array {
  const columns: Record<string, EncodedColumn> = {};
  for (const { slot, name } of slotsOf(schema)) {
    const values = page.map((row) => row?.values[slot] ?? null);
    if (values.some((value) => value !== null)) columns[name] = encodeColumn(values);
  }
  const versions = Float64Array.from(page, (row) => row?.version ?? 0);
  return serialize({ first, versions, columns } satisfies EncodedPage);
}

function encodeColumn(values: readonly Value[]): EncodedColumn {
  const places = new Map<Value, number>();
  const at = new Uint16Array(values.length);
  for (const [row, value] of values.entries()) {
    let place = places.get(value);
    if (place === undefined) {
      if (places.size * 2 > values.length) return { values };
      places.set(value, (place = places.size));
    }
    at[row] = place;
  }
  return { values: [...places.keys()], at };
}

/**
 * Reads the pages of one table; texts that occur again and again are shared between them.
 *
 * @param blank what rows hold in columns that the file knows nothing of
 */
export function pageDecoder(schema: Schema, blank: readonly Value[]): (bytes: Uint8Array) => Page {
  const slots = slotsOf(schema);
  const shared = new SharedTexts();
  return (bytes) => {
    const { first, versions, columns }: EncodedPage = deserialize(bytes);
    const rows = Array.from(versions, () => [...blank]);
    for (const { slot, name } of slots) {
      const column = columns[name];
      if (column) fill(rows, slot, column, shared);
    }
    return rows.map((values, index): StoredRow | undefined => {
      const version = versions[index] ?? 0;
      return version === 0 ? undefined : { id: first + index, version, values };
    });
  };
}

function fill(rows: readonly Value[][], slot: number, { values, at }: EncodedColumn, shared: SharedTexts): void {
  const texts = at ? values.map((value) => shared.get(value)) : values;
  for (const [index, row] of rows.entries()) row[slot] = texts[at?.[index] ?? index] ?? null;
}

/** Every slot of a row with a name, those that are never served included. */
function slotsOf({ byName }: Schema): { readonly slot: number; readonly name: string }[] {
  return [...byName.values()].flatMap(({ slot, name, typeSlot }) => [
    { slot, name },
    ...(typeSlot === undefined ? [] : [{ slot: typeSlot, name: `${name}@type` }]),
  ]);
}
