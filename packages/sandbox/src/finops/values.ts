import { EMPTY_GUID, isGuid, numberOf, numeralOf, toDecimal, toMoment, toScale } from '../odata/index.js';
import type { Column, Schema, Value } from '../store/index.js';
import { NAMESPACE } from './dialect.js';
import { badRequest, fieldRefused } from './refusals.js';
import type { ResolvedFinopsSwitches } from './switches.js';

export type EnumMembers = ReadonlyMap<string, readonly string[]>;

export const EMPTY_DATE = '1900-01-01T12:00:00Z';
export const EMPTY_DATE_TIME = '1900-01-01T00:00:00Z';

/** What a field holds that nobody has filled in: F&O knows no null. */
export function blankOf({ type, dateKind, enumType }: Column, enums: EnumMembers): Value {
  switch (type) {
    case 'Edm.String':
    case 'Edm.Binary':
    case 'Json':
      return '';
    case 'Edm.Guid':
      return EMPTY_GUID;
    case 'Edm.Boolean':
      return false;
    case 'Edm.Int16':
    case 'Edm.Int32':
    case 'Edm.Double':
      return 0;
    case 'Edm.Decimal':
    case 'Edm.Int64':
      return '0';
    case 'Edm.Date':
    case 'Edm.DateTimeOffset':
      return dateKind === 'date' ? EMPTY_DATE : EMPTY_DATE_TIME;
    case 'Enum':
      return enums.get(enumType ?? '')?.[0] ?? '';
  }
}

/** What reading a value depends on. */
export interface Reading {
  readonly enums: EnumMembers;
  readonly switches: ResolvedFinopsSwitches;
}

/** A value of the payload as the field stores it; null clears the field. */
export function decodeValue(value: unknown, column: Column, schema: Schema, { enums, switches }: Reading): Value {
  const refused = value === null && column.type === 'Edm.String' && switches.nullText === 'refused';
  const decoded = value === null && !refused ? blankOf(column, enums) : decode(value, column, enums);
  if (decoded === undefined) {
    const type = column.type === 'Enum' ? `${NAMESPACE}.${column.enumType}` : column.type;
    throw badRequest(
      `Cannot convert the literal '${numeralOf(value) ?? JSON.stringify(value)}' to the expected type '${type}' ` +
        `of the property '${column.name}'.`,
    );
  }
  if (column.maxLength !== undefined && String(decoded).length > column.maxLength) {
    if (switches.longText === 'cut') return String(decoded).slice(0, column.maxLength);
    const text = `The value in field '${column.name}' is too long: at most ${column.maxLength} characters are allowed.`;
    throw fieldRefused(schema.model, column.name, text);
  }
  return column.name === 'dataAreaId' ? String(decoded).toLowerCase() : decoded;
}

function decode(value: unknown, column: Column, enums: EnumMembers): Value | undefined {
  const { type, scale = 0 } = column;
  switch (type) {
    case 'Edm.String':
      return typeof value === 'string' ? value : undefined;
    case 'Edm.Guid':
      return typeof value === 'string' && isGuid(value) ? value.toLowerCase() : undefined;
    case 'Edm.Boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'Edm.Int32':
      return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
    case 'Edm.Double':
      return numberOf(value);
    case 'Edm.Decimal':
    case 'Edm.Int64': {
      const numeral = numeralOf(value);
      const decimal = numeral === undefined ? undefined : toDecimal(numeral);
      return decimal === undefined ? undefined : toScale(decimal, type === 'Edm.Int64' ? 0 : scale, false);
    }
    case 'Edm.Date':
    case 'Edm.DateTimeOffset':
      return date(value, column);
    case 'Enum':
      return enums.get(column.enumType ?? '')?.find((member) => member === value);
  }
}

/** An X++ date has no time: it goes over the wire at noon, so that no time zone moves it to another day. */
function date(value: unknown, { dateKind }: Column): string | undefined {
  const moment = typeof value === 'string' ? toMoment(value) : undefined;
  return moment !== undefined && dateKind === 'date' ? `${moment.slice(0, 10)}T12:00:00Z` : moment;
}
