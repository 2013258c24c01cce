import { canonicalDecimal, canonicalMoment, isDecimal, type FieldType, type Value } from '@isthmus/core';
import { literal, type JsonValue } from '@isthmus/odata';

/** How the values of one column go over the wire, chosen once per column. Null is null everywhere. */
export interface Codec {
  readonly type: FieldType;
  /** JSON text for a body. */
  write(value: Value): string;
  /** Literal for a filter or key. Throws ODATA_LITERAL_INVALID where the value is none of the type. */
  literal(value: Exclude<Value, null>): string;
  /** One spelling for one value, for comparing keys. */
  canonical(value: Value): Value;
}

/** Values leave as they came; what is no single value counts as nothing. */
export const readValue = (value: JsonValue | undefined): Value =>
  typeof value === 'object' || value === undefined ? null : value;

const same = (value: Value): Value => value;

const quoted = (value: Value): string => (value === null ? 'null' : JSON.stringify(String(value)));

const text: Codec = { type: 'text', write: quoted, literal: (value) => literal.text(String(value)), canonical: same };

/** Digits as text, as `IEEE754Compatible` has it. */
const decimal: Codec = {
  type: 'decimal',
  write: quoted,
  literal: (value) => literal.decimal(String(value)),
  canonical: (value) => canonicalDecimal(String(value)) ?? value,
};

/** Text that is no number stays text, for the service to refuse. */
const bareNumber = (value: Value): string => {
  if (typeof value !== 'string') return String(value);
  return isDecimal(value) ? value : quoted(value);
};

const integer: Codec = { ...decimal, type: 'integer', write: bareNumber };

const guid: Codec = { type: 'guid', write: quoted, literal: (value) => literal.guid(String(value)), canonical: same };

const CODECS: Readonly<Record<string, Codec>> = {
  'Edm.String': text,
  'Edm.Decimal': decimal,
  'Edm.Double': { ...decimal, write: bareNumber },
  'Edm.Int16': integer,
  'Edm.Int32': integer,
  'Edm.Int64': { ...decimal, type: 'integer' },
  'Edm.Boolean': { type: 'boolean', write: String, literal: String, canonical: same },
  'Edm.Date': { type: 'date', write: quoted, literal: (value) => literal.date(String(value)), canonical: same },
  'Edm.DateTimeOffset': {
    type: 'dateTime',
    write: quoted,
    literal: (value) => literal.moment(canonicalMoment(String(value)) ?? String(value)),
    canonical: (value) => canonicalMoment(String(value)) ?? value,
  },
  'Edm.Guid': guid,
};

/** Undefined for what no template can map: binaries, collections, complex types. */
export const codecOf = (edmType: string): Codec | undefined => CODECS[edmType];

export const GUID = guid;
