import type { Entry } from '../rows.js';
import type { Books } from './books.js';

/** The number sequence that vouchers of the integration journal come from. */
export const VOUCHER_SEQUENCE = 'ProjVouch';

/** The next number of a sequence; undefined where it is not set up, or used up. */
export function nextNumber(books: Books, code: string): string | undefined {
  const sequence = books.own('NumberSequences', code);
  if (!sequence) return undefined;
  const number = Math.max(numberIn(sequence, 'NextNumber'), 1);
  const largest = numberIn(sequence, 'LargestNumber');
  if (largest > 0 && number > largest) return undefined;
  books.rows('NumberSequences').change(sequence, { NextNumber: number + 1 });
  return sequence.text('Format').replace(/#+/, (signs) => String(number).padStart(signs.length, '0'));
}

const numberIn = (sequence: Entry, field: string): number => Number(sequence.value(field));
