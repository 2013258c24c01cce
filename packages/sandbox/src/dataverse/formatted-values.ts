import type { Column, Schema, Store, StoredRow, Table, Value } from '../store/index.js';
import type { Call } from './call.js';
import { baseCurrencyIn } from './money.js';

/** The text that a person sees for a value: labels, names, amounts with their symbol; undefined where there is none. */
export type FormatValue = (row: StoredRow) => string | undefined;

export function valueFormatter(
  column: Column,
  schema: Schema,
  { store, switches: { timeZone } }: Pick<Call, 'store' | 'switches'>,
): FormatValue | undefined {
  const { slot, options, type, behavior } = column;
  const format = (text: (value: Exclude<Value, null>, row: StoredRow) => string | undefined): FormatValue => {
    return (row) => {
      const value = row.values[slot];
      return value === null || value === undefined ? undefined : text(value, row);
    };
  };
  if (options) return format((value) => options[Number(value)]);
  if (column.lookup) return format((value, row) => targetName(column, value, row, store));
  if (column.money || column.base) {
    const currencyOf = column.base ? baseCurrency(store) : currencies(schema, store);
    return format((value, row) => {
      const { symbol, precision } = currencyOf(row);
      return symbol + grouped(value, precision);
    });
  }
  switch (type) {
    case 'Edm.Boolean':
      return format((value) => (value ? 'Yes' : 'No'));
    case 'Edm.Int16':
    case 'Edm.Int32':
    case 'Edm.Int64':
      return format((value) => grouped(value, 0));
    case 'Edm.Decimal':
    case 'Edm.Double':
      return format((value) => grouped(value, 2));
    case 'Edm.Date':
      return format((value) => dayText(String(value)));
    case 'Edm.DateTimeOffset': {
      const moments = momentsIn(behavior === 'TimeZoneIndependent' ? 'UTC' : timeZone);
      return format((value) => momentText(String(value), moments));
    }
    default:
      return undefined;
  }
}

function targetName(column: Column, id: Value, row: StoredRow, store: Store): string | undefined {
  const table = store.entity(targetEntity(column, row));
  const name = table?.schema.model.primaryName;
  const slot = name === undefined ? undefined : table?.schema.byName.get(name)?.slot;
  const target = table?.byKey(id);
  const text = slot === undefined ? undefined : target?.values[slot];
  return text === null || text === undefined ? undefined : String(text);
}

/** Logical name of the table that a row's lookup points at. */
export function targetEntity({ lookup, typeSlot }: Column, row: StoredRow): string {
  const stored = typeSlot === undefined ? undefined : row.values[typeSlot];
  return typeof stored === 'string' ? stored : (lookup?.targets[0]?.entity ?? '');
}

/** What a row's amounts are written with. */
interface Currency {
  readonly symbol: string;
  /** Digits after the point. */
  readonly precision: number;
}

const NO_CURRENCY: Currency = { symbol: '', precision: 2 };

/** The currency of the row itself. */
function currencies(schema: Schema, store: Store): (row: StoredRow) => Currency {
  const slot = schema.byName.get('_transactioncurrencyid_value')?.slot;
  const table = store.entity('transactioncurrency');
  return (row) => {
    const id = slot === undefined ? undefined : row.values[slot];
    return currencyIn(table, id ? table?.byKey(id) : undefined);
  };
}

/** The same for every row. */
function baseCurrency(store: Store): () => Currency {
  const currency = currencyIn(store.entity('transactioncurrency'), baseCurrencyIn(store));
  return () => currency;
}

function currencyIn(table: Table | undefined, row: StoredRow | undefined): Currency {
  if (!row) return NO_CURRENCY;
  const valueOf = (name: string): Value => row.values[table?.schema.byName.get(name)?.slot ?? -1] ?? null;
  const precision = Number(valueOf('currencyprecision') ?? NO_CURRENCY.precision);
  return { symbol: String(valueOf('currencysymbol') ?? ''), precision };
}

const formats = new Map<number, Intl.NumberFormat>();

/** From the digits themselves: an amount does not pass through floating point. */
function grouped(value: Value, digits: number): string {
  let numbers = formats.get(digits);
  if (!numbers) {
    numbers = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, numbers);
  }
  return numbers.format(String(value) as Intl.StringNumericLiteral);
}

/** The sandbox's users write dates as in the United States. */
const dayText = (text: string): string => {
  const [year, month, day] = text.split('-').map(Number);
  return `${month}/${day}/${year}`;
};

const zones = new Map<string, Intl.DateTimeFormat>();

/** How moments are written by a user in this time zone. */
function momentsIn(timeZone: string): Intl.DateTimeFormat {
  const known = zones.get(timeZone);
  if (known) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-US', { ...parts, timeZone });
  zones.set(timeZone, made);
  return made;
}

function momentText(text: string, moments: Intl.DateTimeFormat): string {
  const parts = Object.fromEntries(moments.formatToParts(new Date(text)).map(({ type, value }) => [type, value]));
  const { year, month, day, hour, minute, dayPeriod } = parts;
  return `${month}/${day}/${year} ${hour}:${minute} ${dayPeriod}`;
}
