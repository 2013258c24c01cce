/** From a moment up to, and without, another; milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Unit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const DAY_MS = 86_400_000;

/** Where the unit that holds `now` begins. Weeks begin on Sunday. */
function start(unit: Unit, now: Date): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  switch (unit) {
    case 'hour':
      return new Date(Date.UTC(year, month, day, now.getUTCHours()));
    case 'day':
      return new Date(Date.UTC(year, month, day));
    case 'week':
      return new Date(Date.UTC(year, month, day - now.getUTCDay()));
    case 'month':
      return new Date(Date.UTC(year, month));
    case 'quarter':
      return new Date(Date.UTC(year, month - (month % 3)));
    case 'year':
      return new Date(Date.UTC(year, 0));
  }
}

/** The moment so many units later, or earlier. */
export function shifted(unit: Unit, from: Date, count: number): number {
  const [year, month, day, hour] = [from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate(), from.getUTCHours()];
  const rest = from.getTime() - Date.UTC(year, month, day, hour);
  const months = { month: 1, quarter: 3, year: 12 };
  switch (unit) {
    case 'hour':
      return from.getTime() + count * 3_600_000;
    case 'day':
      return from.getTime() + count * DAY_MS;
    case 'week':
      return from.getTime() + count * 7 * DAY_MS;
    default:
      return Date.UTC(year, month + count * months[unit], day, hour) + rest;
  }
}

/** The whole unit that lies `offset` from the present one: last, this or next month. */
export function whole(unit: Unit, now: Date, offset: number): Span {
  const begin = start(unit, now);
  return { from: shifted(unit, begin, offset), to: shifted(unit, begin, offset + 1) };
}

/** The last x units: from then until the end of the present day, or hour. */
export function last(unit: Unit, now: Date, x: number): Span {
  const grain = unit === 'hour' ? 'hour' : 'day';
  const begin = start(grain, now);
  return { from: shifted(unit, begin, -x), to: shifted(grain, begin, 1) };
}

/** The next x units: from the beginning of the present day, or hour. */
export function next(unit: Unit, now: Date, x: number): Span {
  const grain = unit === 'hour' ? 'hour' : 'day';
  const begin = start(grain, now);
  return { from: begin.getTime(), to: shifted(unit, new Date(shifted(grain, begin, 1)), x) };
}

export const before = (moment: number): Span => ({ from: -Infinity, to: moment });

export const years = (year: number): Span => ({ from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) });

/** Year, and period from 1 to 4, of a date's text. */
export function fiscalPeriod(date: string): { year: number; period: number } {
  return { year: Number(date.slice(0, 4)), period: Math.ceil(Number(date.slice(5, 7)) / 3) };
}
