import type { Column, Schema, StoredRow, Value } from '../store/index.js';
import { compareDecimals, toDecimal } from './decimal.js';
import type { Scope } from './dialect.js';
import type { Expression } from './expression.js';
import { isGuid, toMoment } from './literals.js';

/** A side of a comparison. */
export interface Operand {
  /** As error texts name it: `Edm.String`, or the enumeration's full name. */
  readonly typeName: string;
  readonly kind: Kind;
  readonly read: (row: StoredRow) => Value;
  /** Columns only: number of lookups that lead to it. */
  readonly lookups?: number;
  /** Literals only: its value, the same for every row. */
  readonly literal?: string;
}

export type Predicate = (row: StoredRow) => boolean;

/** Binds a call of a filter function to what its arguments mean. */
export type FilterFunction = (
  call: Extract<Expression, { kind: 'call' }>,
  bind: BindOperand,
  context: FilterContext,
) => Predicate;
export type BindOperand = (expression: Expression) => Operand;

/** Whose rows are filtered, and where. */
export interface FilterContext {
  readonly schema: Schema;
  readonly scope: Scope;
}

/** How values compare. `digits` are decimals kept as text. */
export type Kind = 'text' | 'guid' | 'number' | 'digits' | 'moment' | 'day' | 'boolean' | 'binary' | 'enum' | 'null';

type Order = (left: Value, right: Value) => number;

const KINDS = {
  'Edm.String': 'text',
  'Edm.Guid': 'guid',
  'Edm.Boolean': 'boolean',
  'Edm.Binary': 'binary',
  'Edm.Int16': 'number',
  'Edm.Int32': 'number',
  'Edm.Int64': 'digits',
  'Edm.Decimal': 'digits',
  'Edm.Double': 'number',
  'Edm.Date': 'day',
  'Edm.DateTimeOffset': 'moment',
  Enum: 'enum',
  Json: 'text',
} as const satisfies Record<Column['type'], Kind>;

const plain: Order = (left, right) => (left === right ? 0 : String(left) < String(right) ? -1 : 1);

const ORDERS: Record<Kind, Order> = {
  text: (left, right) => plain(String(left).toLowerCase(), String(right).toLowerCase()),
  guid: plain,
  number: (left, right) => Number(left) - Number(right),
  digits: (left, right) => compareDecimals(String(left), String(right)),
  moment: plain,
  day: plain,
  boolean: (left, right) => Number(left) - Number(right),
  binary: plain,
  enum: plain,
  null: () => 0,
};

export const orderOf = (kind: Kind): Order => ORDERS[kind];

export const kindOf = (column: Column): Kind => KINDS[column.type];

/** Literals that also stand for another kind than their own: a quoted guid, a day written as a moment, a whole number. */
const STANDS_FOR: Partial<Record<Kind, readonly Kind[]>> = { text: ['guid'], moment: ['day'], digits: ['number'] };

/** The operand's values as another kind; undefined where the two do not compare. */
export function readAs(kind: Kind, operand: Operand): Operand['read'] | undefined {
  if (operand.kind === kind || operand.kind === 'null') return operand.read;
  if (kind === 'digits' && operand.kind === 'number') return (row) => decimal(operand.read(row));
  if (operand.literal === undefined || !STANDS_FOR[operand.kind]?.includes(kind)) return undefined;
  const value = fromText(kind, operand.literal);
  return value === undefined ? undefined : () => value;
}

const decimal = (value: Value): Value => (value === null ? null : (toDecimal(String(value)) ?? null));

/** A value that is written as text whatever its kind, as in `PropertyValues`; undefined where it is none of that kind. */
export function fromText(kind: Kind, text: string): Value | undefined {
  switch (kind) {
    case 'guid':
      return isGuid(text) ? text.toLowerCase() : undefined;
    case 'moment':
      return toMoment(text);
    case 'day':
      return toMoment(text)?.slice(0, 10);
    case 'digits':
      return toDecimal(text);
    case 'number':
      return toDecimal(text) === undefined ? undefined : Number(text);
    case 'boolean':
      return text === 'true' || text === '1';
    default:
      return text;
  }
}
