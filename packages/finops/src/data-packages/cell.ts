import type { Value } from '@isthmus/core';
import type { Field } from '../entities/index.js';

const DAY = 10;

/** The value as a cell of a data file; an empty cell empties the field. */
export function cellOf({ type, members }: Field, value: Value): string {
  if (value === null) return '';
  if (typeof value === 'boolean' && members?.includes('Yes')) return value ? 'Yes' : 'No';
  const text = String(value);
  // Moments are sortable and without a zone; days have no time at all.
  return type === 'dateTime' && text.length > DAY ? text.slice(0, 19).replace('T', ' ') : text;
}
