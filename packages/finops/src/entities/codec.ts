import { canonicalDecimal, isDecimal, type FieldType, type Value } from '@isthmus/core';
import { literal, type EnumType, type JsonValue, type Property } from '@isthmus/odata';

/** How the values of one field go over the wire, chosen once per field. */
export interface Codec {
  readonly type: FieldType;
  /** Allowed symbols, of an enum. */
  readonly members?: readonly string[];
  /** From an answer: what stands for "empty" becomes null. */
  read(value: JsonValue | undefined): Value;
  /** JSON text for a body; undefined where the field has no way to be empty and is left out. */
  write(value: Value): string | undefined;
  /** Literal for a filter or key; undefined for an empty value that has none. Throws where the value is none of the type. */
  literal(value: Value): string | undefined;
  /** One spelling for one value, for comparing keys. */
  canonical(value: Value): Value;
}

const asIs = (value: JsonValue | undefined): Value => (typeof value === 'object' || value === undefined ? null : value);

const same = (value: Value): Value => value;

const text: Codec = {
  type: 'text',
  read: (value) => (value === '' ? null : asIs(value)),
  write: (value) => (value === null ? '""' : JSON.stringify(String(value))),
  literal: (value) => literal.text(String(value ?? '')),
  canonical: same,
};

const asText = (value: JsonValue | undefined): Value => (typeof value === 'number' ? String(value) : asIs(value));

/** As text, which is what `IEEE754Compatible` promises for it. */
const decimal: Codec = {
  type: 'decimal',
  read: asText,
  write: (value) => JSON.stringify(String(value ?? 0)),
  literal: (value) => (value === null ? undefined : literal.decimal(String(value))),
  canonical: (value) => canonicalDecimal(String(value)) ?? value,
};

/** Text that is no number stays text, for the service to refuse. */
const digits = (value: Value): string => {
  if (typeof value === 'number' || value === null) return String(value ?? 0);
  const plain = String(value);
  return isDecimal(plain) ? plain : JSON.stringify(plain);
};

const double: Codec = { ...decimal, write: digits };

const integer: Codec = { ...decimal, type: 'integer', read: asIs, write: digits };

const longInteger: Codec = { ...decimal, type: 'integer' };

const boolean: Codec = {
  type: 'boolean',
  read: asIs,
  write: (value) => (value === null ? undefined : String(value)),
  literal: String,
  canonical: same,
};

const EMPTY_DAY = '1900-01-01';
const NOON = 'T12:00:00Z';
const EMPTY: ReadonlySet<string> = new Set([EMPTY_DAY + NOON, `${EMPTY_DAY}T00:00:00Z`]);

const isDay = (value: string): boolean => value.length === EMPTY_DAY.length;

/**
 * Metadata has one type for days (carried as noon, UTC) and for moments. Which of the two a field means is for the
 * mapping to say: a moment can be noon as well.
 */
const readMoment = (value: JsonValue | undefined): Value =>
  typeof value !== 'string' || EMPTY.has(value) ? null : value;

const moment: Codec = {
  type: 'dateTime',
  read: readMoment,
  write: (value) => JSON.stringify(momentOf(value)),
  literal: (value) => (value === null ? undefined : literal.moment(momentOf(value))),
  canonical: (value) => (value === null ? null : momentOf(value)),
};

const momentOf = (value: Value): string => {
  const plain = String(value ?? EMPTY_DAY);
  return isDay(plain) ? plain + NOON : plain;
};

const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

const guid: Codec = {
  type: 'guid',
  read: (value) => (value === EMPTY_GUID ? null : asIs(value)),
  write: (value) => JSON.stringify(String(value ?? EMPTY_GUID).toLowerCase()),
  literal: (value) => literal.guid(String(value ?? EMPTY_GUID)),
  canonical: same,
};

/** In bodies the bare symbol, in filters the typed literal. A two-way `NoYes` also takes true and false. */
function enumeration(type: string, { members }: EnumType): Codec {
  const noYes = members.has('Yes') && members.has('No');
  const symbolOf = (value: Value): string =>
    noYes && typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value);
  return {
    type: 'enum',
    members: [...members.keys()],
    read: asIs,
    write: (value) => (value === null ? undefined : JSON.stringify(symbolOf(value))),
    literal: (value) => (value === null ? undefined : literal.enum(type, symbolOf(value))),
    canonical: symbolOf,
  };
}

const CODECS: Readonly<Record<string, Codec>> = {
  'Edm.String': text,
  'Edm.Decimal': decimal,
  'Edm.Double': double,
  'Edm.Int16': integer,
  'Edm.Int32': integer,
  'Edm.Int64': longInteger,
  'Edm.Boolean': boolean,
  'Edm.DateTimeOffset': moment,
  'Edm.Guid': guid,
};

/** Undefined for what no template can map: binaries, collections, complex types. */
export function codecOf(property: Property, enums: ReadonlyMap<string, EnumType>): Codec | undefined {
  const members = enums.get(property.type);
  return members ? enumeration(property.type, members) : CODECS[property.type];
}
