import type { Configuration, RunRecord } from '@isthmus/core';
import { dueAt, scheduleOf } from './schedule/index.js';

/**
 * When the service runs the integration next, as far as the history tells; undefined where it has no schedule.
 *
 * @param last run of the integration
 */
export function nextRun(
  configuration: Configuration,
  integration: string,
  { last, now }: { readonly last: RunRecord | undefined; readonly now: number },
): Date | undefined {
  const schedule = scheduleOf(configuration, integration);
  if (!schedule) return undefined;
  const due = dueAt(schedule, { now, freeSince: now, last: last && Date.parse(last.startedAt) });
  return new Date(Math.max(due, now));
}
