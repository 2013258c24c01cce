import type { Books } from './books.js';
import { conversionOn, type Conversion } from './exchange-rate.js';
import { openDay } from './period.js';

/** On what day, and at what rate, something gets into the books. */
export interface Terms {
  readonly day: string;
  readonly conversion: Conversion;
}

/** Of an amount in `currency` that belongs to `wanted`, or what stands against it. */
export function termsOf(books: Books, wanted: string, currency: string): Terms | { readonly fault: string } {
  const day = openDay(books, wanted);
  if (day === undefined) return { fault: `The period of ${wanted.slice(0, 10)} is closed, and none after it is open.` };
  const conversion = conversionOn(books, currency, day);
  if (conversion) return { day, conversion };
  return { fault: `The exchange rate from ${currency} to ${books.currency} doesn't exist on ${day.slice(0, 10)}.` };
}
