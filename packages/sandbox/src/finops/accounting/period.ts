import type { Entry } from '../rows.js';
import type { Books } from './books.js';
import { remembered } from './remembered.js';

/**
 * The day on which something of that day may be posted: the day itself where its period is open, otherwise the first day
 * of the next open period. Undefined where there is none.
 */
export const openDay = remembered((books: Books, day: string): string | undefined => {
  const periods = books.rows('LedgerPeriods').where('dataAreaId', books.company);
  const own = periods.find((period) => period.text('StartDate') <= day && day <= period.text('EndDate'));
  if (own && isOpen(own)) return day;
  const later = periods.filter((period) => isOpen(period) && period.text('StartDate') > day);
  return later.map((period) => period.text('StartDate')).sort()[0];
});

const isOpen = (period: Entry): boolean => period.text('Status') === 'Open';
