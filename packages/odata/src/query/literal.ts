import { isDateOnly, isDecimal, isMoment } from '@isthmus/core';
import { errors } from '../errors.js';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Values as OData writes them in filters and keys, not yet encoded for a URL (`queryString`, `entityPath` do that). */
export const literal = {
  text: (value: string): string => `'${value.replaceAll("'", "''")}'`,
  /** Bare, in lower case. */
  guid: (value: string): string => checked('GUID', value, GUID.test(value)).toLowerCase(),
  /** The digits as they are. */
  decimal: (value: string): string => checked('decimal', value, isDecimal(value)),
  integer: (value: number): string => checked('integer', String(value), Number.isSafeInteger(value)),
  boolean: (value: boolean): string => String(value),
  /** `2026-03-01` */
  date: (value: string): string => checked('date', value, isDateOnly(value)),
  /** `2026-03-01T09:00:00Z` */
  moment: (value: string): string => checked('moment', value, isMoment(value)),
  /** @param type qualified name, for example `Microsoft.Dynamics.DataEntities.NoYes` */
  enum: (type: string, member: string): string => `${type}${literal.text(member)}`,
  null: 'null',
} as const;

function checked(kind: string, value: string, valid: boolean): string {
  if (!valid) throw errors.ODATA_LITERAL_INVALID({ kind, value });
  return value;
}
