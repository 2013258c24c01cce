import type { Clock, HealthCheck, StateStore } from '@isthmus/core';
import type { ScheduleLoop } from '../schedule/index.js';
import type { ConnectionWatch } from './connection-watch.js';

/** A run that is due and does not begin for so long will not begin any more. */
const STUCK_AFTER_MS = 300_000;

export interface ReadinessParts {
  readonly store: StateStore;
  readonly clock: Clock;
  readonly loops: readonly ScheduleLoop[];
  readonly connections: ConnectionWatch;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly HealthCheck[];
}

/** Whether the service can do what it is there for. */
export async function readiness(parts: ReadinessParts): Promise<Readiness> {
  const schedules = parts.loops.map((loop) => checkSchedule(loop, parts.clock.now()));
  const checks = [await checkStore(parts.store), ...parts.connections.checks(), ...schedules];
  return { ready: checks.every(({ status }) => status !== 'failed'), checks };
}

async function checkStore(store: StateStore): Promise<HealthCheck> {
  try {
    await store.runs.list(1);
    return { name: 'store', status: 'ok', message: 'can be read' };
  } catch (thrown) {
    return { name: 'store', status: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function checkSchedule({ integration, running, due }: ScheduleLoop, now: number): HealthCheck {
  const name = `schedule of ${integration}`;
  if (running) return { name, status: 'ok', message: 'a run is under way' };
  if (due === undefined) return { name, status: 'ok', message: 'starting' };
  const next = new Date(due).toISOString();
  return now - due > STUCK_AFTER_MS
    ? { name, status: 'failed', message: `a run was due at ${next} and has not begun` }
    : { name, status: 'ok', message: `next run at ${next}` };
}
