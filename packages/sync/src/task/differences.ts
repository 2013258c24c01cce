import {
  canonicalDecimal,
  canonicalMoment,
  type FieldDescription,
  type MappedRow,
  type SourceRow,
  type Value,
} from '@isthmus/core';

/** The mapped fields whose value in the destination is another one. */
export function differences(
  mapped: MappedRow,
  key: readonly string[],
  existing: SourceRow,
  fields: ReadonlyMap<string, FieldDescription>,
): MappedRow {
  const changed: MappedRow = {};
  for (const [name, value] of Object.entries(mapped)) {
    // The row was found by its key; at most its spelling differs, and a key is not renamed.
    if (key.includes(name)) continue;
    const present = existing[name];
    const there = present === undefined || (typeof present === 'object' && present !== null) ? null : present;
    const { type, whenNull } = fields.get(name) ?? {};
    if (value === null && whenNull === 'kept') continue;
    const wanted = value === null && whenNull === 'zero' ? '0' : value;
    if (differentValues(wanted, there, type)) changed[name] = value;
  }
  return changed;
}

export const differentValues = (one: Value, other: Value, type: FieldDescription['type'] | undefined): boolean =>
  comparable(one, type) !== comparable(other, type);

/** One spelling for one value. Empty text and null are the same: F&O knows only the one, Dataverse only the other. */
function comparable(value: Value, type: FieldDescription['type'] | undefined): Value {
  if (value === null || value === '') return null;
  switch (type) {
    case 'decimal':
    case 'integer':
      return canonicalDecimal(String(value)) ?? value;
    case 'dateTime':
      return canonicalMoment(String(value)) ?? value;
    case 'guid':
      return String(value).toLowerCase();
    case 'date':
    case 'text':
    case 'enum':
      return String(value);
    default:
      return value;
  }
}
