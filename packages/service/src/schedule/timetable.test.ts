import type { Configuration } from '@isthmus/core';
import { expect } from 'chai';
import { dueAt, scheduleOf, type Schedule } from './timetable.js';

const at = (time: string): number => Date.parse(`2026-03-${time}:00.000Z`);
const MINUTE = 60_000;

function schedule(settings: object, timeZone = 'UTC'): Schedule {
  const configuration = {
    sections: [{ name: 'schedule', integration: 'contracts', settings: { missed: 'once', ...settings } }],
    integrations: new Map([['contracts', { connectionSet: 'main' }]]),
    connectionSets: new Map([['main', { timeZone }]]),
  } as unknown as Configuration;
  return scheduleOf(configuration, 'contracts')!;
}

/** Day and time at which it is due. */
const due = (of: Schedule, moments: { now: string; last?: string; freeSince?: string }): string =>
  new Date(
    dueAt(of, {
      now: at(moments.now),
      last: moments.last === undefined ? undefined : at(moments.last),
      freeSince: at(moments.freeSince ?? moments.now),
    }),
  )
    .toISOString()
    .slice(8, 16);

describe('A schedule', () => {
  it('every so often runs at once where it never has, then from start to start', () => {
    const every = schedule({ every: '15m' });
    expect(due(every, { now: '02T09:00' })).to.equal('02T09:00');
    expect(due(every, { now: '02T09:04', last: '02T09:00' })).to.equal('02T09:15');
  });

  it('by cron runs at its times, in the time zone of the connection set', () => {
    const weekdays = schedule({ cron: '0 6 * * 1-5' }, 'Europe/Berlin');
    expect(due(weekdays, { now: '02T04:00' })).to.equal('02T05:00');
    expect(due(weekdays, { now: '06T09:00', last: '06T05:00' }), 'over the weekend').to.equal('09T05:00');
    expect(due(weekdays, { now: '27T09:00', last: '27T05:00' }), 'in summer time').to.equal('30T04:00');
  });

  describe('of which runs were missed while the service was down', () => {
    const moments = { now: '02T09:50', last: '02T08:00', freeSince: '02T09:50' };

    it('makes up for them with one run at once', () => {
      expect(due(schedule({ every: '15m' }), moments)).to.equal('02T08:15');
      expect(due(schedule({ cron: '0 * * * *' }), moments)).to.equal('02T09:00');
    });

    it('leaves them out and keeps to its times, where it is told so', () => {
      expect(due(schedule({ every: '15m', missed: 'skip' }), moments)).to.equal('02T10:00');
      expect(due(schedule({ cron: '0 * * * *', missed: 'skip' }), moments)).to.equal('02T10:00');
    });
  });

  it('treats what a long run has missed in the same way', () => {
    const moments = { now: '02T09:40', last: '02T09:00', freeSince: '02T09:40' };
    expect(due(schedule({ every: '15m' }), moments)).to.equal('02T09:15');
    expect(due(schedule({ every: '15m', missed: 'skip' }), moments)).to.equal('02T09:45');
  });

  it('does not stand still when the clock is put back', () => {
    const moments = { now: '01T08:00', last: '02T09:00', freeSince: '02T09:00' };
    for (const missed of ['once', 'skip']) {
      expect(due(schedule({ every: '15m', missed }), moments)).to.equal('01T08:15');
      expect(due(schedule({ cron: '0 * * * *', missed }), moments)).to.equal('01T09:00');
    }
  });

  it('comes in the end where a time is skipped by summer time', () => {
    const night = schedule({ cron: '30 2 * * *' }, 'Europe/Berlin');
    const next = dueAt(night, { now: at('28T20:00'), last: at('28T01:30'), freeSince: at('28T20:00') });
    expect(next).to.be.within(at('29T00:30'), at('29T01:30') + MINUTE);
  });
});
