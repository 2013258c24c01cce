import type { EntityDescription, FieldDescription } from '../../ports/index.js';
import { canonicalMoment, dayAtNoon, dayOf, isDateOnly, startOfDay, type Value } from '../../values/index.js';
import type { FieldMap } from '../field-map.js';

type Day = (moment: Date) => string;

/**
 * Days that a mapping keeps in a field for moments. The time that such a field already holds is nobody's business: where
 * its day is the right one, it stays.
 */
function dayFields(
  fields: readonly FieldMap[],
  destination: EntityDescription | undefined,
): Map<string, FieldDescription> {
  const found = fields.flatMap(({ name, as }): [string, FieldDescription][] => {
    const description = destination?.fields.get(name);
    return as === 'date' && description?.type === 'dateTime' ? [[name, description]] : [];
  });
  return new Map(found);
}

/** In texts, ids are found in either case and in braces. */
export const canonicalGuid = (text: string): string => text.replace(/^\{|\}$/g, '').toLowerCase();

/** @returns what spells a value of the destination as the mapping would: the day of a moment, a GUID in a text */
export function compileComparison(
  fields: readonly FieldMap[],
  destination: EntityDescription | undefined,
  day: Day,
): (field: string, value: Value) => Value {
  const days = dayFields(fields, destination);
  const guids = new Set(fields.flatMap(({ name, as }) => (as === 'guid' ? [name] : [])));
  return (field, value) => {
    if (typeof value !== 'string') return value;
    if (guids.has(field)) return canonicalGuid(value);
    const description = days.get(field);
    return description ? (toDay(value, description, day) ?? value) : value;
  };
}

/** The day that a moment of a system stands for; undefined for what is no moment. */
export function toDay(text: string, { dayAt }: Pick<FieldDescription, 'dayAt'>, day: Day): string | undefined {
  return (dayAt === 'noon' ? dayAtNoon(canonicalMoment(text) ?? text) : undefined) ?? dayOf(text, day);
}

/** @returns what makes a moment of a day, for fields that hold moments and have no way of their own to carry a day */
export function compileOutgoing(
  fields: readonly FieldMap[],
  destination: EntityDescription | undefined,
  day: Day,
): (fields: Record<string, Value>) => Record<string, Value> {
  const days = [...dayFields(fields, destination)].flatMap(([name, { dayAt }]) => (dayAt ? [] : [name]));
  if (days.length === 0) return (row) => row;
  return (row) => {
    const changed: Record<string, Value> = {};
    for (const name of days) {
      const value = row[name];
      if (typeof value === 'string' && isDateOnly(value)) changed[name] = startOfDay(value, day);
    }
    return { ...row, ...changed };
  };
}
