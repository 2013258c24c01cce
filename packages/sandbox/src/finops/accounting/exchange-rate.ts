import { ratio, multiply, quotientInSteps } from '../../odata/index.js';
import type { Entry } from '../rows.js';
import { EMPTY_DATE } from '../values.js';
import type { Books } from './books.js';
import { remembered } from './remembered.js';

/** How amounts of a currency become amounts of the accounting currency on a day: `amount × times / by`. */
export interface Conversion {
  readonly times: string;
  readonly by: string;
}

const SAME: Conversion = { times: '1', by: '1' };

const FACTORS: Readonly<Record<string, string>> = {
  One: '1',
  Ten: '10',
  Hundred: '100',
  Thousand: '1000',
  TenThousand: '10000',
};

/** Undefined where the company has no rate between the two currencies on that day, whichever way round it is quoted. */
export const conversionOn = remembered((books: Books, currency: string, day: string): Conversion | undefined => {
  if (currency === books.currency) return SAME;
  const direct = quotedOn(books, currency, books.currency, day);
  if (direct) return { times: direct.text('Rate'), by: factorOf(direct) };
  const reverse = quotedOn(books, books.currency, currency, day);
  return reverse && { times: factorOf(reverse), by: reverse.text('Rate') };
});

const factorOf = (rate: Entry): string => FACTORS[rate.text('ConversionFactor')] ?? '1';

/** The latest rate that has begun by that day and has not ended. */
function quotedOn(books: Books, from: string, to: string, day: string): Entry | undefined {
  const holds = (rate: Entry): boolean =>
    rate.text('RateTypeName') === books.rateType &&
    rate.text('ToCurrency') === to &&
    rate.text('StartDate') <= day &&
    (rate.text('EndDate') === EMPTY_DATE || rate.text('EndDate') >= day) &&
    /[1-9]/.test(rate.text('Rate'));
  return books
    .rows('ExchangeRates')
    .where('FromCurrency', from)
    .filter(holds)
    .reduce<Entry | undefined>((latest, rate) => {
      return latest && latest.text('StartDate') >= rate.text('StartDate') ? latest : rate;
    }, undefined);
}

/** In the accounting currency, rounded once to its smallest step. */
export const inAccountingCurrency = (books: Books, amount: string, { times, by }: Conversion): string =>
  quotientInSteps(multiply(amount, times), by, books.stepOf(books.currency), 'nearest');

/** As PSA puts it: units of the transaction currency for one of the accounting currency. */
export const rateOf = ({ times, by }: Conversion): string => ratio(by, times, 12, '0');
