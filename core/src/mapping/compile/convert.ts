import type { FieldType } from '../../ports/index.js';
import { canonicalDecimal, canonicalMoment, dayOf, type Value } from '../../values/index.js';
import type { ValueKind } from '../field-map.js';

/** `undefined` says: this value is not of the kind. Null never gets here. */
export type Conversion = (value: Exclude<Value, null>) => Value | undefined;

export interface ConversionContext {
  /** Calendar day of a moment in the connection set's time zone. */
  readonly day: (moment: Date) => string;
}

/** The declared kind decides; where none is declared, the type of the destination field does. */
export function conversionFor(
  kind: ValueKind,
  type: FieldType | undefined,
  context: ConversionContext,
): { readonly wanted: string; readonly convert: Conversion } | undefined {
  const wanted = kind === 'asIs' ? type : kind;
  switch (wanted) {
    case 'decimal':
      return { wanted: 'decimal number', convert: (value) => canonicalDecimal(String(value)) };
    case 'date':
      return { wanted: 'date', convert: (value) => dayOf(String(value), context.day) };
    case 'dateTime':
      return { wanted: 'date and time', convert: (value) => canonicalMoment(String(value)) };
    case 'integer':
      return { wanted: 'whole number', convert: toInteger };
    case 'text':
      return { wanted: 'text', convert: String };
    case 'guid':
      return { wanted: 'GUID', convert: (value) => String(value).toLowerCase() };
    default:
      return undefined;
  }
}

function toInteger(value: Exclude<Value, null>): Value | undefined {
  const number = typeof value === 'number' ? value : Number(canonicalDecimal(String(value)));
  return Number.isSafeInteger(number) ? number : undefined;
}
