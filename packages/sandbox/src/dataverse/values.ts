import { isGuid, numberOf, numeralOf, toDecimal, toMoment, toScale } from '../odata/index.js';
import type { Column, Schema, Value } from '../store/index.js';
import { badPayload, outsideOptions, tooLong } from './refusals.js';

const MIN_MOMENT = '1753-01-01';
const INT16 = 2 ** 15;
const INT32 = 2 ** 31;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A value of the payload as the column stores it; refused where it is of another type or too large. */
export function decodeValue(value: unknown, column: Column, schema: Schema): Value {
  if (value === null) return null;
  const decoded = decode(value, column);
  if (decoded === undefined) throw conversionFailed(value, column, schema);
  if (decoded === '') return null;
  if (column.options && !(Number(decoded) in column.options)) throw outsideOptions(schema, column);
  if (column.maxLength !== undefined && String(decoded).length > column.maxLength) throw tooLong(schema, column);
  return decoded;
}

function decode(value: unknown, { type, scale }: Column): Value | undefined {
  switch (type) {
    case 'Edm.String':
      return typeof value === 'string' ? value : undefined;
    case 'Edm.Boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'Edm.Guid':
      return typeof value === 'string' && isGuid(value) ? value.toLowerCase() : undefined;
    case 'Edm.Binary':
      return typeof value === 'string' && BASE64.test(value) ? value : undefined;
    case 'Edm.Int16':
      return wholeBelow(INT16, value);
    case 'Edm.Int32':
      return wholeBelow(INT32, value);
    case 'Edm.Double':
      return numberOf(value);
    case 'Edm.Date':
    case 'Edm.DateTimeOffset':
      return moment(value, type);
    case 'Edm.Decimal':
    case 'Edm.Int64':
      return digits(value, type === 'Edm.Int64' ? 0 : scale);
    case 'Enum':
      return undefined;
  }
}

const wholeBelow = (bound: number, value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= -bound && value < bound ? value : undefined;

function moment(value: unknown, type: 'Edm.Date' | 'Edm.DateTimeOffset'): string | undefined {
  const text = typeof value === 'string' ? toMoment(value) : undefined;
  if (text === undefined || text < MIN_MOMENT) return undefined;
  return type === 'Edm.Date' ? text.slice(0, 10) : text;
}

function digits(value: unknown, scale: number | undefined): string | undefined {
  const numeral = numeralOf(value);
  const decimal = numeral === undefined ? undefined : toDecimal(numeral);
  return decimal === undefined || scale === undefined ? decimal : toScale(decimal, scale, true);
}

const conversionFailed = (value: unknown, { name, type }: Column, schema: Schema) =>
  badPayload(
    schema,
    `Cannot convert the literal '${numeralOf(value) ?? JSON.stringify(value)}' to the expected type '${type}' ` +
      `of the property '${name}'.`,
  );
