import type { Incident, RunRecord } from '@isthmus/core';
import type { ExpectationSettings } from '../settings/index.js';
import type { Notification } from './notification.js';

type Told = Omit<Notification, 'at' | 'since'>;

export interface Held {
  readonly deferred: number;
  readonly quarantined: number;
}

const records = (count: number): string => `${count} record${count === 1 ? '' : 's'}`;
const minute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

/** @param error of the run, as the history keeps it: an error's `toJSON()` */
export function failed(integration: string, { id, startedAt, error }: RunRecord): Told {
  const { code = '', message, remedy } = (typeof error === 'object' ? error : {}) as Partial<Record<string, string>>;
  return {
    event: 'opened',
    kind: 'failure',
    integration,
    run: id,
    subject: `${integration} failed${code && ` (${code})`}`,
    text: lines(
      `Run ${id} of ${minute(startedAt)} has failed.`,
      `${code && `${code}: `}${message ?? String(error ?? 'its records do not balance')}`,
      remedy && `Remedy: ${remedy}`,
      `See: isthmus history ${id}`,
    ),
  };
}

export const heldBack = (integration: string, { id, startedAt }: RunRecord, held: Held): Told => ({
  event: 'opened',
  kind: 'warning',
  integration,
  run: id,
  subject: `${integration}: ${heldText(held)}`,
  text: lines(
    `Run ${id} of ${minute(startedAt)}: ${heldText(held)}.`,
    `See: isthmus errors --integration ${integration}`,
  ),
});

export const absent = (
  integration: string,
  delivered: number,
  { records: expected, within }: ExpectationSettings,
): Told => ({
  event: 'opened',
  kind: 'absence',
  integration,
  run: null,
  subject: `${integration}: ${delivered === 0 ? 'nothing has come' : `only ${records(delivered)} came`} within ${within}`,
  text: lines(
    `At least ${records(expected)} should have been created, updated or deleted within ${within}; it was ${delivered}.`,
    'The source may have stopped delivering, a filter may have become too narrow, or the service may not have run.',
    `See: isthmus history`,
  ),
});

const WAS: Readonly<Record<Incident['kind'], string>> = {
  failure: 'runs again',
  warning: 'nothing is held back any more',
  absence: 'records are coming again',
};

/** @param held where records are held back still, although the integration runs again */
export const recovered = ({ integration, kind, since }: Incident, run: string | null, held?: Held): Told => ({
  event: 'recovered',
  kind,
  integration,
  run,
  subject: `${integration}: ${WAS[kind]}${held ? `, but ${heldText(held)}` : ''}`,
  text: lines(
    `What was reported on ${minute(since)} is over${run ? ` with run ${run}` : ''}.`,
    held && `Still: ${heldText(held)}. See: isthmus errors --integration ${integration}`,
  ),
});

function heldText({ deferred, quarantined }: Held): string {
  const total = deferred + quarantined;
  return `${records(total)} held back (${quarantined} quarantined, ${deferred} waiting)`;
}

const lines = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join('\n');
