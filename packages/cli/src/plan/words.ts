import type { Conflict, PlanEntry, PlanTotals } from '@isthmus/sync';
import { count, counted } from '../output/index.js';

const LONGEST = 60;

/** A value as a person reads it. */
export function valueText(value: string | number | boolean | null): string {
  if (value === null || value === '') return '(empty)';
  const text = String(value).replace(/\s+/g, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** `usmf ORD-00002`, or the record alone where no legal entity owns it. */
export const nameOf = ({ legalEntity, record }: PlanEntry): string => [legalEntity, record].filter(Boolean).join(' ');

/** What both sides have of a field that both have changed, and what becomes of it. */
export const conflictTexts = ({ last, values, kept }: Conflict) => ({
  before: last === undefined ? 'never the same' : valueText(last),
  sides: Object.entries(values)
    .map(([side, value]) => `${valueText(value)} in ${side}`)
    .join(', '),
  verdict: kept === undefined ? 'to be decided: isthmus conflicts' : `${kept} holds`,
});

type Totals = readonly PlanTotals['totals'][];

const sum = (totals: Totals, name: 'created' | 'updated' | 'deleted' | 'deferred' | 'quarantined' | 'requests') =>
  totals.reduce((all, task) => all + task[name], 0);

export const writesIn = (totals: Totals): number =>
  sum(totals, 'created') + sum(totals, 'updated') + sum(totals, 'deleted');

/** `12 to create, 3 to update; 2 wait, 1 is quarantined. 4 requests to write.` */
export function summary(totals: Totals): string {
  const writes = [
    [sum(totals, 'created'), 'to create'],
    [sum(totals, 'updated'), 'to update'],
    [sum(totals, 'deleted'), 'to delete'],
  ] as const;
  const held = [
    [sum(totals, 'deferred'), 'waiting'],
    [sum(totals, 'quarantined'), 'quarantined'],
  ] as const;
  const listed = (parts: readonly (readonly [number, string])[]): string =>
    parts.flatMap(([number, what]) => (number > 0 ? [`${count(number)} ${what}`] : [])).join(', ');
  const doing = listed(writes) || 'Nothing to write';
  const requests = writesIn(totals) > 0 ? ` ${counted(sum(totals, 'requests'), 'request')} to write.` : '';
  return `${[doing, listed(held)].filter(Boolean).join('; ')}.${requests}`;
}
