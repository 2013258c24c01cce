import {
  canonicalDecimal,
  canonicalMoment,
  type CompiledMapping,
  type FieldDescription,
  type MappedRow,
  type SourceRow,
  type Value,
} from '@isthmus/core';

/** What of a mapping decides whether two values differ. */
export type Comparison = Pick<CompiledMapping, 'key' | 'present' | 'zeroMayBeNothing' | 'links' | 'master' | 'masters'>;

/** The mapped fields whose value in the destination is another one. */
export function differences(
  mapped: MappedRow,
  existing: SourceRow,
  { key, present: spelled, zeroMayBeNothing, links, master, masters }: Comparison,
  fields: ReadonlyMap<string, FieldDescription>,
): MappedRow {
  const changed: MappedRow = {};
  for (const [name, wanted] of Object.entries(mapped)) {
    // The row was found by its key; at most its spelling differs, and a key is not renamed.
    if (key.includes(name)) continue;
    if (master === 'destination' && !links.has(name) && !masters.has(name)) continue;
    const there = spelled(name, valueIn(existing, name));
    const { type, whenNull } = fields.get(name) ?? {};
    if (wanted === null && whenNull === 'kept') continue;
    if (there === null && zeroMayBeNothing.has(name) && canonicalDecimal(String(wanted)) === '0') continue;
    const held = wanted === null && whenNull === 'zero' ? '0' : wanted;
    if (differentValues(held, there, type)) changed[name] = wanted;
  }
  return changed;
}

/** A field that is not there is empty. */
export function valueIn(row: SourceRow, field: string): Value {
  const value = row[field];
  return value === undefined || typeof value === 'object' ? null : value;
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
