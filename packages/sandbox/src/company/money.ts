import type { Currency } from './currencies.js';

/**
 * Money is counted in whole ten-thousandths (Dataverse keeps four digits): safe integers, never fractions in binary
 * floating point.
 */
export type Units = number;

export const unitsPerOne = 10_000;

/** Digits with four places, for example `20000.0000`. */
export function digits(units: Units): string {
  const rest = units % unitsPerOne;
  return `${(units - rest) / unitsPerOne}.${String(rest).padStart(4, '0')}`;
}

/** Amount of a currency in the base currency; `x_base = x / exchangerate`. */
export const toBase = (units: Units, currency: Currency): Units => Math.round((units * unitsPerOne) / currency.rate);

/** Rounded to a currency's own smallest step: cents, or whole yen. */
export function rounded(units: Units, { precision }: Currency): Units {
  const step = unitsPerOne / 10 ** precision;
  return Math.round(units / step) * step;
}

/** An amount of the base currency in another one. */
export const fromBase = (units: Units, currency: Currency): Units =>
  rounded((units * currency.rate) / unitsPerOne, currency);

export const baseDigits = (units: Units, currency: Currency): string => digits(toBase(units, currency));
