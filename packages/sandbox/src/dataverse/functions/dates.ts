import type { FilterFunction } from '../../odata/index.js';
import { toMoment } from '../../odata/index.js';
import { invalid, onlyText, readArguments } from './arguments.js';
import * as calendar from './calendar.js';
import type { Span } from './calendar.js';

/** A span of time in which the function's property must lie. @param x the function's value, a whole number */
const within =
  (spanOf: (now: Date, x: number) => Span): FilterFunction =>
  (call, bind, { scope: { now = Date.now } }) => {
    const { operand, texts } = readArguments(call, bind);
    const x = Number(texts[0] ?? 0);
    if (!Number.isInteger(x) || Math.abs(x) > 9999) throw invalid(`The function '${call.name}' takes a whole number.`);
    const { from, to } = spanOf(new Date(now()), x);
    return (row) => {
      const value = operand.read(row);
      if (value === null) return false;
      const moment = Date.parse(String(value));
      return moment >= from && moment < to;
    };
  };

/** Compares the day of a date column. */
const day =
  (accepts: (day: string, wanted: string) => boolean): FilterFunction =>
  (call, bind) => {
    const { operand, texts } = readArguments(call, bind);
    const wanted = toMoment(onlyText(call, texts))?.slice(0, 10);
    if (wanted === undefined) throw invalid(`The function '${call.name}' needs a date.`);
    return (row) => {
      const value = operand.read(row);
      return typeof value === 'string' && accepts(value.slice(0, 10), wanted);
    };
  };

const UNITS = {
  Hours: 'hour',
  Days: 'day',
  Weeks: 'week',
  Months: 'month',
  Years: 'year',
  FiscalPeriods: 'quarter',
  FiscalYears: 'year',
} as const;
const AGES = { Hours: 'hour', Days: 'day', Weeks: 'week', Months: 'month', Years: 'year' } as const;
const WHOLE = { Week: 'week', Month: 'month', Year: 'year', FiscalPeriod: 'quarter', FiscalYear: 'year' } as const;

const spans = (...entries: [name: string, spanOf: (now: Date, x: number) => Span][]) =>
  entries.map(([name, spanOf]) => [name, within(spanOf)] as const);

/** Fiscal years begin with January and fiscal periods are quarters, as in an environment that nobody changed. */
export const dateFunctions: Readonly<Record<string, FilterFunction>> = {
  On: day((date, wanted) => date === wanted),
  NotOn: day((date, wanted) => date !== wanted),
  OnOrAfter: day((date, wanted) => date >= wanted),
  OnOrBefore: day((date, wanted) => date <= wanted),
  ...Object.fromEntries([
    ...spans(
      ['Today', (now) => calendar.whole('day', now, 0)],
      ['Yesterday', (now) => calendar.whole('day', now, -1)],
      ['Tomorrow', (now) => calendar.whole('day', now, 1)],
      ['Last7Days', (now) => calendar.last('day', now, 7)],
      ['Next7Days', (now) => calendar.next('day', now, 7)],
      ['OlderThanXMinutes', (now, x) => calendar.before(now.getTime() - x * 60_000)],
      ['InFiscalYear', (_now, year) => calendar.years(year)],
    ),
    ...Object.entries(WHOLE).flatMap(([name, unit]) =>
      spans(
        [`Last${name}`, (now) => calendar.whole(unit, now, -1)],
        [`This${name}`, (now) => calendar.whole(unit, now, 0)],
        [`Next${name}`, (now) => calendar.whole(unit, now, 1)],
      ),
    ),
    ...Object.entries(UNITS).flatMap(([name, unit]) =>
      spans(
        [`LastX${name}`, (now, x) => calendar.last(unit, now, x)],
        [`NextX${name}`, (now, x) => calendar.next(unit, now, x)],
      ),
    ),
    ...Object.entries(AGES).flatMap(([name, unit]) =>
      spans([`OlderThanX${name}`, (now, x) => calendar.before(calendar.shifted(unit, now, -x))]),
    ),
  ]),
  ...fiscal(),
};

/** By the number of a fiscal period, alone or with its year. */
function fiscal(): Record<string, FilterFunction> {
  const compared =
    (accepts: (place: number, wanted: number) => boolean, withYear: boolean): FilterFunction =>
    (call, bind) => {
      const { operand, texts } = readArguments(call, bind);
      const [period = NaN, year = 0] = texts.map(Number);
      if (Number.isNaN(period + year)) throw invalid(`The function '${call.name}' takes numbers.`);
      return (row) => {
        const value = operand.read(row);
        if (value === null) return false;
        const { year: ownYear, period: ownPeriod } = calendar.fiscalPeriod(String(value));
        return accepts((withYear ? ownYear * 4 : 0) + ownPeriod, (withYear ? year * 4 : 0) + period);
      };
    };
  return {
    InFiscalPeriod: compared((place, wanted) => place === wanted, false),
    InFiscalPeriodAndYear: compared((place, wanted) => place === wanted, true),
    InOrAfterFiscalPeriodAndYear: compared((place, wanted) => place >= wanted, true),
    InOrBeforeFiscalPeriodAndYear: compared((place, wanted) => place <= wanted, true),
  };
}
