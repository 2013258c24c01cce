const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?$/;

/** Of every month; the last days are left to the calendar. */
const CANONICAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

export const isDateOnly = (text: string): boolean => DATE.test(text) && !Number.isNaN(Date.parse(text));

export const isMoment = (text: string): boolean => MOMENT.test(text) && !Number.isNaN(Date.parse(text));

/** `2026-03-01T09:00:00Z`: UTC, without an empty fraction. A moment without offset is UTC (Dataverse stores it so). */
export function canonicalMoment(text: string): string | undefined {
  if (CANONICAL.test(text)) return text;
  if (isDateOnly(text)) return `${text}T00:00:00Z`;
  const parts = MOMENT.exec(text);
  if (!parts) return undefined;
  const millis = Date.parse(parts[3] ? text : `${text}Z`);
  if (Number.isNaN(millis)) return undefined;
  return new Date(millis).toISOString().replace('.000Z', 'Z');
}

/**
 * The calendar day of a moment, in the time zone in which people entered it. Local midnight east of Greenwich is the
 * day before in UTC, so cutting off the time would move such dates by one.
 */
export function dayOf(text: string, inTimeZone: (moment: Date) => string): string | undefined {
  // The most frequent case: no calendar is needed for a moment in UTC to be the day that it says.
  if (inTimeZone === dayInUtc && CANONICAL.test(text)) return text.slice(0, 10);
  if (isDateOnly(text)) return text;
  const moment = canonicalMoment(text);
  return moment === undefined ? undefined : inTimeZone(new Date(moment));
}

/** `2026-03-01T12:00:00Z` → `2026-03-01`: how F&O carries days. Undefined for any other moment. */
export const dayAtNoon = (text: string): string | undefined =>
  text.length === 20 && text.endsWith('T12:00:00Z') ? text.slice(0, 10) : undefined;

const dayInUtc = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Compiled once per connection set; UTC, the default, costs no formatting. */
export function dayFormatter(timeZone = 'UTC'): (moment: Date) => string {
  if (timeZone === 'UTC') return dayInUtc;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (moment) => format.format(moment);
}

const HOUR = 3_600_000;

/**
 * The first moment of a day in a time zone. Offsets change by night: what holds an hour either side of the guess decides.
 *
 * @param day `2026-03-01`
 */
export function startOfDay(day: string, inTimeZone: (moment: Date) => string): string {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // Time zones lie between 12 hours behind UTC and 14 ahead, in steps of a quarter of an hour.
  let early = utc - 15 * HOUR;
  let late = utc + 13 * HOUR;
  while (late - early > HOUR / 4) {
    const middle = early + Math.floor((late - early) / (HOUR / 2)) * (HOUR / 4);
    if (inTimeZone(new Date(middle)) < day) early = middle;
    else late = middle;
  }
  return new Date(late).toISOString().replace('.000Z', 'Z');
}
