import type { Column, Schema, StoredRow } from '../store/index.js';
import type { WriteValue } from './json-values.js';
import { valueWriter } from './json-values.js';

/** Writes one member of a row's object, with the comma before it: `,"name":"Contoso"`. Empty where there is none. */
export type WriteMember = (row: StoredRow) => string;

/** A column as JSON. */
export function columnMember(column: Column, exactAsText: boolean): WriteMember {
  const { slot } = column;
  const write: WriteValue = valueWriter(column, exactAsText);
  const name = `,${JSON.stringify(column.name)}:`;
  const none = `${name}null`;
  return (row) => {
    const value = row.values[slot];
    return value === null || value === undefined ? none : name + write(value);
  };
}

/** Joins members to an object. */
export function objectWriter(members: readonly WriteMember[]): (row: StoredRow) => string {
  return (row) => {
    let text = '';
    for (const member of members) text += member(row);
    return `{${text.slice(1)}}`;
  };
}

/** `accounts(name,primarycontactid(fullname))`: what a context URL says of the shape of its rows. */
export function contextShape(set: string, select: readonly string[] | undefined, expanded: readonly string[]): string {
  const parts = [...(select ?? []), ...expanded];
  return parts.length > 0 ? `${set}(${parts.join(',')})` : set;
}

/** The selected columns in the order asked for; all where nothing is selected. */
export function selectedColumns(
  schema: Schema,
  select: readonly string[] | undefined,
  unknown: (name: string) => unknown,
): Column[] {
  if (!select) return [...schema.columns];
  return select.map((name) => {
    const column = schema.byName.get(name);
    if (!column) throw unknown(name);
    return column;
  });
}
