export interface Currency {
  code: string;
  name: string;
  symbol: string;
  /** Digits after the point. */
  precision: number;
  /** Ten-thousandths of this currency for one of the base currency. */
  rate: number;
}

const currency = (code: string, name: string, symbol: string, precision: number, rate: number): Currency => ({
  code,
  name,
  symbol,
  precision,
  rate,
});

/** US dollar is the base currency. */
export const currencies = {
  USD: currency('USD', 'US Dollar', '$', 2, 10_000),
  EUR: currency('EUR', 'Euro', '€', 2, 9_215),
  GBP: currency('GBP', 'Pound Sterling', '£', 2, 7_893),
  JPY: currency('JPY', 'Yen', '¥', 0, 1_495_000),
  CHF: currency('CHF', 'Swiss Franc', 'CHF', 2, 8_812),
} as const;

export type CurrencyCode = keyof typeof currencies;

export const currencyCodes = Object.keys(currencies) as CurrencyCode[];

const rates = new Map(Object.values(currencies).map(({ code, rate }) => [code, `${(rate / 10_000).toFixed(4)}000000`]));

/** Exchange rate as Dataverse keeps it: ten digits after the point. */
export const rateDigits = ({ code }: Currency): string => rates.get(code) ?? '';
