import { divide } from '../odata/index.js';
import type { Column, Schema, Store, Value } from '../store/index.js';

/** Fills in what Dataverse computes of a row's amounts: its currency, the exchange rate, and every `_base` column. */
export type ComputeMoney = (values: Value[], given: ReadonlySet<number>) => void;

const BASE_RATE = '1.0000000000';

/** Undefined for a table without amounts. */
export function compileMoney(schema: Schema, store: Store): ComputeMoney | undefined {
  const amounts = schema.columns.flatMap((column) => {
    const base = column.money ? schema.byName.get(`${column.name}_base`) : undefined;
    return base ? [{ from: column.slot, to: base.slot, scale: base.scale ?? 4 }] : [];
  });
  const currency = schema.byName.get('_transactioncurrencyid_value');
  const rate = schema.byName.get('exchangerate');
  if (!currency || !rate || schema.model.name === 'transactioncurrency') return undefined;
  const rateOf = exchangeRates(store);
  return (values, given) => {
    const hasAmount = amounts.some(({ from }) => values[from] !== null);
    if (values[currency.slot] === null && hasAmount) values[currency.slot] = rateOf.baseCurrency();
    const changed = given.has(currency.slot) || values[rate.slot] === null;
    if (changed && !given.has(rate.slot)) values[rate.slot] = rateOf.currency(values[currency.slot] ?? null);
    const divisor = String(values[rate.slot] ?? BASE_RATE);
    for (const { from, to, scale } of amounts) {
      const amount = values[from];
      values[to] = typeof amount === 'string' ? (divide(amount, divisor, scale) ?? null) : null;
    }
  };
}

/** Units of a currency for one of the base currency, whose own rate is one. */
function exchangeRates(store: Store) {
  const table = store.entity('transactioncurrency');
  const slot = (name: string): Column['slot'] => table?.schema.byName.get(name)?.slot ?? 0;
  const [rate, id] = [slot('exchangerate'), slot('transactioncurrencyid')];
  return {
    currency: (currency: Value): Value => (currency === null ? null : (table?.byKey(currency)?.values[rate] ?? null)),
    baseCurrency: (): Value => {
      const base = [...(table?.pages.scan() ?? [])].find(({ values }) => Number(values[rate]) === 1);
      return base?.values[id] ?? null;
    },
  };
}
