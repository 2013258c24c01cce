import type { FieldDescription, FieldType } from '../../ports/index.js';
import { canonicalDecimal, canonicalMoment, type Value } from '../../values/index.js';
import type { ValueKind } from '../field-map.js';
import { canonicalGuid, toDay } from './spelling.js';

/** `undefined` says: this value is not of the kind. Null never gets here. */
export type Conversion = (value: Exclude<Value, null>) => Value | undefined;

export interface ConversionContext {
  /** Calendar day of a moment in the connection set's time zone. */
  readonly day: (moment: Date) => string;
  /** How the source carries the value, where its metadata says. */
  readonly carried?: FieldDescription | undefined;
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
      return { wanted: 'date', convert: (value) => toDay(String(value), context.carried ?? {}, context.day) };
    case 'dateTime':
      return { wanted: 'date and time', convert: (value) => canonicalMoment(String(value)) };
    case 'integer':
      return { wanted: 'whole number', convert: toInteger };
    case 'text':
      return { wanted: 'text', convert: String };
    case 'guid':
      return { wanted: 'GUID', convert: (value) => canonicalGuid(String(value)) };
    default:
      return undefined;
  }
}

function toInteger(value: Exclude<Value, null>): Value | undefined {
  const number = typeof value === 'number' ? value : Number(canonicalDecimal(String(value)));
  return Number.isSafeInteger(number) ? number : undefined;
}
