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

/**
 * The answer that lists rows. Put together in one go: it is megabytes, and each step would copy them again.
 *
 * @param before members that precede `value`
 * @param after members that follow it
 */
export function listBody(before: readonly string[], rows: readonly string[], after: readonly string[] = []): string {
  const head = `{${before.join(',')},"value":[`;
  const tail = `]${after.map((member) => `,${member}`).join('')}}`;
  const [first = '', ...others] = rows;
  const last = others.pop();
  if (last === undefined) return head + first + tail;
  return [head + first, ...others, last + tail].join(',');
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
