import { durationMs, type Configuration, sectionIn } from '@isthmus/core';
import { cronOf, SCHEDULE, type ScheduleSettings } from '../settings/index.js';

/** Times in milliseconds since 1970, UTC. */
interface Timetable {
  /** For an integration that has never run. */
  first(from: number): number;
  next(after: number): number;
  /** The first time after `last` that is not before `from`: those in between are left out. */
  nextFrom(last: number, from: number): number;
}

const interval = (ms: number): Timetable => ({
  first: (from) => from,
  next: (after) => after + ms,
  nextFrom: (last, from) => last + Math.max(1, Math.ceil((from - last) / ms)) * ms,
});

function calendar(expression: string, timeZone: string): Timetable {
  const cron = cronOf(expression, timeZone);
  // Whoever wrote an expression whose time will not come any more waits for it in vain, but waits.
  const next = (after: number): number => cron.nextRun(new Date(after))?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return { first: next, next, nextFrom: (last, from) => next(Math.max(last, from)) };
}

export interface Schedule {
  readonly integration: string;
  readonly timetable: Timetable;
  readonly missed: ScheduleSettings['missed'];
}

export function scheduleOf(configuration: Configuration, integration: string): Schedule | undefined {
  const settings = sectionIn(configuration, SCHEDULE, integration);
  if (!settings) return undefined;
  const { every, cron, missed } = settings;
  const set = configuration.integrations.get(integration)?.connectionSet ?? '';
  const timeZone = configuration.connectionSets.get(set)?.timeZone ?? 'UTC';
  return {
    integration,
    missed,
    timetable: every === undefined ? calendar(cron ?? '', timeZone) : interval(durationMs(every)),
  };
}

export interface Moments {
  readonly now: number;
  /** Start of the last run, whoever started it. */
  readonly last: number | undefined;
  /** Since when nothing has kept the integration from running: the service is up, and no run is under way. */
  readonly freeSince: number;
}

/** When the integration is due. What was missed is made up for once, or left out, as its schedule says. */
export function dueAt({ timetable, missed }: Schedule, { now, last, freeSince }: Moments): number {
  // Moments that are still to come were noted by a clock that has been put back since.
  const free = Math.min(freeSince, now);
  if (last === undefined) return timetable.first(free);
  const started = Math.min(last, now);
  return missed === 'once' ? timetable.next(started) : timetable.nextFrom(started, free);
}
