import {
  CLOCK,
  durationMs,
  isIsthmusError,
  sectionIn,
  STATE_STORE,
  type Configuration,
  type PluginHost,
  type RunRecord,
  type StateStore,
} from '@isthmus/core';
import { Connections, run } from '@isthmus/sync';
import { Aftercare } from './aftercare.js';
import { serviceErrors } from './errors.js';
import { ConnectionWatch, HealthEndpoint, readiness } from './health/index.js';
import { ScheduleLoop, scheduleOf, sleep, type Schedule } from './schedule/index.js';
import { SERVICE, ServiceSettings } from './settings/index.js';

/** How often somebody looks for what has not come, and what has not been told. */
const ROUND_MS = 60_000;

export interface Serving {
  readonly integrations: readonly string[];
  /** Address of the health endpoint, where there is one. */
  readonly health?: string;
}

export interface ServeRequest {
  /** Told to stop. Batches under way are finished. */
  readonly signal: AbortSignal;
  readonly onReady: (serving: Serving) => void;
}

/**
 * Runs the integrations that have a schedule until it is told to stop.
 *
 * @throws SERVICE_NOTHING_SCHEDULED, SERVICE_CANNOT_LISTEN, SERVICE_STOP_OVERDUE
 */
export async function serve(configuration: Configuration, host: PluginHost, request: ServeRequest): Promise<void> {
  const schedules = [...configuration.integrations.keys()].flatMap((name) => scheduleOf(configuration, name) ?? []);
  if (schedules.length === 0)
    throw serviceErrors.SERVICE_NOTHING_SCHEDULED(undefined, { place: { file: configuration.file } });
  const store = await host.container.resolve(STATE_STORE).open(configuration.store);
  const connections = new Connections(configuration, host);
  try {
    await new Service(configuration, host, store, connections, schedules).run(request);
  } finally {
    await store.close();
  }
  // Not after a failure: the process ends then, and a request under way would hold it up.
  await connections.close();
}

class Service {
  private readonly settings: ServiceSettings;
  private readonly clock;
  private readonly aftercare: Aftercare;
  private readonly loops: readonly ScheduleLoop[];
  /** Aborted when the service stops: with the reason that runs under way will give. */
  private readonly stop = new AbortController();

  constructor(
    private readonly configuration: Configuration,
    private readonly host: PluginHost,
    private readonly store: StateStore,
    private readonly connections: Connections,
    schedules: readonly Schedule[],
  ) {
    this.settings = sectionIn(configuration, SERVICE) ?? new ServiceSettings();
    this.clock = host.container.resolve(CLOCK);
    this.aftercare = new Aftercare(configuration, host, store);
    this.loops = schedules.map((schedule) => this.loopOf(schedule));
  }

  async run({ signal, onReady }: ServeRequest): Promise<void> {
    const { loops, store, stop } = this;
    const connections = this.watchConnections();
    const endpoint = await this.openEndpoint(connections);
    const integrations = loops.map(({ integration }) => integration);
    await store.audit.append({ action: 'service.started', subject: integrations.join(', ') });
    onReady({ integrations, ...(endpoint ? { health: endpoint.url } : {}) });
    const work = [...loops.map((loop) => loop.run(stop.signal)), this.rounds()];
    if (endpoint) work.push(connections.run(stop.signal));
    try {
      await aborted(signal);
      stop.abort(serviceErrors.SERVICE_STOPPED());
      await this.inTime(work);
    } finally {
      await endpoint?.stop();
      const overdue = this.underway();
      await store.audit.append({ action: 'service.stopped', subject: integrations.join(', '), details: { overdue } });
    }
  }

  private loopOf(schedule: Schedule): ScheduleLoop {
    const { integration } = schedule;
    return new ScheduleLoop({
      schedule,
      clock: this.clock,
      lastStart: async () => startOf(await this.store.runs.last(integration)),
      work: (signal) => this.runOnce(integration, signal),
      failed: (thrown) =>
        this.notice(serviceErrors.SERVICE_SCHEDULE_FAILED({ integration, message: messageOf(thrown) })),
    });
  }

  private async runOnce(integration: string, signal: AbortSignal): Promise<void> {
    const { configuration, host, aftercare } = this;
    const record = await run(configuration, host, { integrations: [integration], trigger: 'schedule', signal });
    await aftercare.afterRun(record);
  }

  private async rounds(): Promise<void> {
    const since = this.clock.now();
    while (!this.stop.signal.aborted) {
      try {
        await this.aftercare.inBetween(since);
        await this.aftercare.purge();
      } catch (thrown) {
        this.notice(isIsthmusError(thrown) ? thrown : { message: messageOf(thrown) });
      }
      await sleep(this.clock, ROUND_MS, this.stop.signal);
    }
  }

  private watchConnections(): ConnectionWatch {
    const { integrations, connectionSets } = this.configuration;
    const sets = this.loops.map(({ integration }) => integrations.get(integration)?.connectionSet ?? '');
    const names = new Set(sets.flatMap((set) => [...(connectionSets.get(set)?.connections.values() ?? [])]));
    return new ConnectionWatch(new Map([...names].map((name) => [name, this.connections.get(name)])), this.clock);
  }

  private async openEndpoint(connections: ConnectionWatch): Promise<HealthEndpoint | undefined> {
    const { settings, store, clock, loops } = this;
    if (!settings.health) return undefined;
    return HealthEndpoint.start(settings.health, () => readiness({ store, clock, loops, connections }));
  }

  /** @throws SERVICE_STOP_OVERDUE */
  private async inTime(work: readonly Promise<void>[]): Promise<void> {
    const { stopWithin } = this.settings;
    const ended = new AbortController();
    const deadline = sleep(this.clock, durationMs(stopWithin), ended.signal);
    await Promise.race([Promise.all(work), deadline]);
    ended.abort();
    const overdue = this.underway();
    if (overdue.length > 0) {
      throw serviceErrors.SERVICE_STOP_OVERDUE({ integrations: overdue.join(', '), within: stopWithin });
    }
  }

  private underway(): string[] {
    return this.loops.filter(({ running }) => running).map(({ integration }) => integration);
  }

  private notice({ message, remedy }: { readonly message: string; readonly remedy?: string }): void {
    this.host.events.emit('notice', { message, ...(remedy === undefined ? {} : { remedy }) });
  }
}

const startOf = (run: RunRecord | undefined): number | undefined => (run ? Date.parse(run.startedAt) : undefined);

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
