import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '@isthmus/core';
import { expect } from 'chai';
import { ScheduleLoop, type LoopParts } from './loop.js';

const EVERY_MS = 40;

/** A loop with a real clock and a short interval. */
function loopOf(parts: Partial<LoopParts>): ScheduleLoop {
  const timetable = {
    first: (from: number) => from,
    next: (after: number) => after + EVERY_MS,
    nextFrom: (last: number, from: number) => Math.max(last + EVERY_MS, from),
  };
  return new ScheduleLoop({
    schedule: { integration: 'contracts', missed: 'once', timetable },
    clock: systemClock,
    lastStart: async () => undefined,
    work: async () => undefined,
    failed: (thrown) => expect.fail(String(thrown)),
    ...parts,
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}

describe('The loop of a scheduled integration', () => {
  let stop: AbortController;
  beforeEach(() => (stop = new AbortController()));

  it('runs it again and again, never twice at once, however long a run takes', async () => {
    let underway = 0;
    const seen: number[] = [];
    const loop = loopOf({
      work: async () => {
        seen.push(++underway);
        await delay(2 * EVERY_MS);
        underway--;
      },
    });
    const ended = loop.run(stop.signal);
    await until(() => seen.length >= 4);
    stop.abort();
    await ended;
    expect(seen.every((count) => count === 1)).to.equal(true);
    expect(underway, 'it waits for the run under way').to.equal(0);
  });

  it('counts the runs of others as its own', async () => {
    let runs = 0;
    const loop = loopOf({ lastStart: async () => Date.now(), work: async () => void runs++ });
    const ended = loop.run(stop.signal);
    await delay(2 * EVERY_MS);
    expect(runs).to.equal(0);
    stop.abort();
    await ended;
  });

  it('goes on after a run that could not begin, at the next time and not at once', async () => {
    const failures: unknown[] = [];
    const started: number[] = [];
    const loop = loopOf({
      work: async () => {
        started.push(Date.now());
        throw new TypeError('no store');
      },
      failed: (thrown) => failures.push(thrown),
    });
    const ended = loop.run(stop.signal);
    await until(() => failures.length >= 3);
    stop.abort();
    await ended;
    expect(started[2]! - started[0]!).to.be.at.least(2 * EVERY_MS - 2);
  });

  it('stops at once while it waits', async () => {
    const loop = loopOf({ lastStart: async () => Date.now() + 100_000 });
    const ended = loop.run(stop.signal);
    stop.abort();
    await ended;
    expect(loop.running).to.equal(false);
  });
});
