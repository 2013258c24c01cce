import { divide, toScale } from '../odata/index.js';
import type { Column, Schema, Store, StoredRow, Value } from '../store/index.js';
import type { ResolvedSwitches } from './switches.js';

/** Fills in what Dataverse computes of a row's amounts: its currency, the exchange rate, and every `_base` column. */
export type ComputeMoney = (values: Value[], given: ReadonlySet<number>) => void;

const BASE_RATE = '1.0000000000';

/** Undefined for a table without amounts. */
export function compileMoney(
  schema: Schema,
  store: Store,
  precision: ResolvedSwitches['moneyPrecision'],
): ComputeMoney | undefined {
  const amounts = schema.columns.flatMap((column) => {
    const base = column.money ? schema.byName.get(`${column.name}_base`) : undefined;
    return base ? [{ from: column.slot, to: base.slot, scale: base.scale ?? 4 }] : [];
  });
  const currency = schema.byName.get('_transactioncurrencyid_value');
  const rate = schema.byName.get('exchangerate');
  if (!currency || !rate || schema.model.name === 'transactioncurrency') return undefined;
  const rateOf = exchangeRates(store);
  const digitsIn = (currencyOf: () => Value): number => {
    if (precision === 'column') return Infinity;
    return precision === 'currency' ? rateOf.precision(currencyOf()) : precision;
  };
  return (values, given) => {
    const hasAmount = amounts.some(({ from }) => values[from] !== null);
    if (values[currency.slot] === null && hasAmount) values[currency.slot] = rateOf.baseCurrency();
    const changed = given.has(currency.slot) || values[rate.slot] === null;
    if (changed && !given.has(rate.slot)) values[rate.slot] = rateOf.currency(values[currency.slot] ?? null);
    const divisor = String(values[rate.slot] ?? BASE_RATE);
    const digits = digitsIn(() => values[currency.slot] ?? null);
    const baseDigits = digitsIn(rateOf.baseCurrency);
    for (const { from, to, scale } of amounts) {
      const amount = values[from];
      if (typeof amount !== 'string') {
        values[to] = null;
        continue;
      }
      const own = digits < scale ? toScale(toScale(amount, digits, false), scale, true) : amount;
      const base = divide(own, divisor, Math.min(scale, baseDigits));
      values[from] = own;
      values[to] = base === undefined ? null : toScale(base, scale, true);
    }
  };
}

/** Units of a currency for one of the base currency. */
function exchangeRates(store: Store) {
  const table = store.entity('transactioncurrency');
  const slot = (name: string): Column['slot'] => table?.schema.byName.get(name)?.slot ?? 0;
  const [rate, id, digits] = [slot('exchangerate'), slot('transactioncurrencyid'), slot('currencyprecision')];
  return {
    currency: (currency: Value): Value => (currency === null ? null : (table?.byKey(currency)?.values[rate] ?? null)),
    precision: (currency: Value): number => {
      const value = currency === null ? undefined : table?.byKey(currency)?.values[digits];
      return typeof value === 'number' ? value : Infinity;
    },
    baseCurrency: (): Value => baseCurrencyIn(store)?.values[id] ?? null,
  };
}

/** The currency that all rates are given for: its own is one. */
export function baseCurrencyIn(store: Store): StoredRow | undefined {
  const table = store.entity('transactioncurrency');
  const rate = table?.schema.byName.get('exchangerate')?.slot ?? 0;
  return [...(table?.pages.scan() ?? [])].find(({ values }) => Number(values[rate]) === 1);
}
