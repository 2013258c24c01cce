import { durationMs, type Clock, type Incident, type RunRecord, type StateStore } from '@isthmus/core';
import type { ExpectationSettings } from '../settings/index.js';
import { absent, failed, heldBack, recovered, type Held } from './describe.js';
import { redacted, type Notification } from './notification.js';

export interface WatchParts {
  readonly store: StateStore;
  readonly clock: Clock;
  /** What is worth a message. Of anything else nothing is noted. */
  readonly kinds: readonly Incident['kind'][];
  /** Names of the channels by which it is told. */
  readonly channels: readonly string[];
  readonly redact: (text: string) => string;
}

/** Ends of a run that say nothing about the integration. */
const SAY_NOTHING: ReadonlySet<unknown> = new Set(['RUN_CANCELLED', 'SERVICE_STOPPED', 'INTEGRATION_BUSY']);

type Told = Omit<Notification, 'at' | 'since'>;

/** Knows what is wrong, and has it told once: when it begins, and when it is over. */
export class Watch {
  constructor(private readonly parts: WatchParts) {}

  /** What a run shows of its integrations. */
  async afterRun(run: RunRecord): Promise<void> {
    if (SAY_NOTHING.has(errorOf(run)['code'])) return;
    for (const integration of judgedBy(run)) {
      if (hasFailed(run, integration)) await this.begin('failure', failed(integration, run), integration);
      else await this.afterSuccess(integration, run);
    }
  }

  /** @param since milliseconds since 1970 from which the integration was expected to run, should it never have */
  async afterTime(integration: string, expected: ExpectationSettings, since: number): Promise<void> {
    const { store, clock } = this.parts;
    const from = clock.now() - durationMs(expected.within);
    const { records, watchedSince } = await store.runs.delivered(integration, new Date(from).toISOString());
    if (records >= expected.records) return void (await this.end('absence', integration, null));
    // Who has not been watched for so long cannot have been absent for so long.
    if ((watchedSince === undefined ? since : Date.parse(watchedSince)) > from) return;
    await this.begin('absence', absent(integration, records, expected), integration);
  }

  private async afterSuccess(integration: string, run: RunRecord): Promise<void> {
    const held = await this.heldOf(integration);
    if (held.deferred + held.quarantined === 0) {
      for (const kind of ['failure', 'warning'] as const) await this.end(kind, integration, run.id);
      return;
    }
    // One message says both: that it runs again, and what is held back nevertheless.
    const toldAlready = await this.end('failure', integration, run.id, held);
    await this.begin('warning', heldBack(integration, run, held), integration, toldAlready);
  }

  private async heldOf(integration: string): Promise<Held> {
    const { held } = this.parts.store;
    const deferred = await held.count({ integration, state: 'deferred' });
    return { deferred, quarantined: await held.count({ integration, state: 'quarantined' }) };
  }

  private async begin(kind: Incident['kind'], told: Told, integration: string, silently = false): Promise<void> {
    if (!this.parts.kinds.includes(kind)) return;
    const incident = { integration, kind, since: this.now() };
    await this.parts.store.incidents.open(incident, silently ? [] : this.dispatches(told, incident.since));
  }

  /** @returns whether it has been told that it is over */
  private async end(kind: Incident['kind'], integration: string, run: string | null, held?: Held): Promise<boolean> {
    const { incidents } = this.parts.store;
    const open = (await incidents.list()).find((one) => one.integration === integration && one.kind === kind);
    return open ? incidents.close(open, this.dispatches(recovered(open, run, held), open.since)) : false;
  }

  private dispatches(told: Told, since: string) {
    const message = { ...redacted({ ...told, since, at: this.now() }, this.parts.redact) };
    return this.parts.channels.map((channel) => ({ channel, message }));
  }

  private now(): string {
    return new Date(this.parts.clock.now()).toISOString();
  }
}

const errorOf = ({ error }: RunRecord): Readonly<Record<string, unknown>> =>
  typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};

/** The integration that a failure names; undefined where it is the run's as a whole. */
function blamed(run: RunRecord): string | undefined {
  const { integration } = (errorOf(run)['place'] ?? {}) as { integration?: string };
  return integration !== undefined && run.integrations.includes(integration) ? integration : undefined;
}

/** Of several integrations, those after the one that failed have not had their turn. */
function judgedBy(run: RunRecord): readonly string[] {
  const { integrations, status, tasks } = run;
  if (status !== 'failed') return integrations;
  const culprit = blamed(run);
  if (culprit === undefined) return integrations;
  return integrations.filter((name) => name === culprit || tasks.some(({ integration }) => integration === name));
}

function hasFailed(run: RunRecord, integration: string): boolean {
  const culprit = blamed(run);
  return run.status === 'failed' && (culprit === undefined || culprit === integration);
}
