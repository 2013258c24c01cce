import {
  CLOCK,
  compileMapping,
  isBalanced,
  isIsthmusError,
  mappingErrors,
  STATE_STORE,
  type Checkpoint,
  type Configuration,
  type PluginHost,
  type RunRecord,
  type RunStatus,
  type StateStore,
  type TaskRecord,
  type TaskScope,
} from '@isthmus/core';
import { Connections, resolveIntegration, type Integration } from '../integration/index.js';
import { checkPrerequisites, preflight, requireReady, type Preflight } from '../preflight/index.js';
import { ChangedRows, followedLookups, runTask, Tally, type TaskOptions, type TaskResult } from '../task/index.js';
import { withLease } from './lease.js';
import { newRunId } from './run-id.js';

export interface RunRequest extends Partial<TaskOptions> {
  readonly integrations: readonly string[];
  /** Stops between batches; what is under way is finished and remembered. */
  readonly signal?: AbortSignal;
}

/**
 * Runs integrations one after the other. Single records that fail do not stop it; what does stop it is in the run's
 * `error`. Throws only where no run could be begun.
 */
export async function run(configuration: Configuration, host: PluginHost, request: RunRequest): Promise<RunRecord> {
  const integrations = request.integrations.map((name) => resolveIntegration(configuration, host, name));
  const store = await host.container.resolve(STATE_STORE).open(configuration.store);
  const connections = new Connections(configuration, host);
  try {
    return await new Run(host, store, connections, integrations, request).execute();
  } finally {
    await connections.close();
    await store.close();
  }
}

class Run {
  private readonly id = newRunId(new Date());
  private readonly tasks: TaskRecord[] = [];
  /** By source connection. */
  private readonly changed = new Map<string, ChangedRows>();
  private readonly names: readonly string[];

  constructor(
    private readonly host: PluginHost,
    private readonly store: StateStore,
    private readonly connections: Connections,
    private readonly integrations: readonly Integration[],
    private readonly request: RunRequest,
  ) {
    this.names = integrations.map(({ name }) => name);
  }

  async execute(): Promise<RunRecord> {
    const { id: runId, names, host, store } = this;
    const startedAt = new Date().toISOString();
    const container = host.container.child();
    const { full = false, retry = false } = this.request;
    const subject = `run ${runId}`;
    await store.audit.append({ action: 'run.started', subject, details: { integrations: names, full, retry } });
    await store.runs.begin({ id: runId, integrations: names, startedAt });
    host.events.emit('run.started', { runId, integrations: names });
    let failure: unknown;
    try {
      await host.lifecycle.call('beforeRun', { runId, integrations: names, container });
      for (const integration of this.integrations) {
        await withLease(store, integration.name, runId, (lost) => this.runIntegration(integration, lost));
      }
    } catch (thrown) {
      failure = thrown;
    }
    const record = await this.finish(startedAt, failure);
    await store.audit.append({ action: 'run.finished', subject, details: { status: record.status } });
    await host.lifecycle.call('afterRun', { run: record });
    await container.dispose();
    const { status, balanced = false, tasks } = record;
    host.events.emit('run.finished', { runId, status, balanced, tasks });
    if (failure !== undefined && !isIsthmusError(failure)) throw failure;
    return record;
  }

  private async runIntegration(integration: Integration, lost: AbortSignal): Promise<void> {
    const source = this.connections.get(integration.connections.source);
    const destination = this.connections.get(integration.connections.destination);
    const found = await preflight(integration, source, destination);
    requireReady(integration.name, found, []);
    requireReady(integration.name, found, await checkPrerequisites(integration, source, destination));
    const checkpoints: [TaskScope, Checkpoint][] = [];
    for (const task of integration.tasks) {
      const signal = AbortSignal.any([lost, ...this.cancelled()]);
      const { record, checkpoint } = await this.runTask(integration, task, found, signal);
      this.tasks.push(record);
      checkpoints.push([record, checkpoint]);
    }
    // Only now: were a task's changes forgotten before the tasks that refer to its rows have run, they would not come again.
    for (const [{ integration: name, task }, checkpoint] of checkpoints) {
      await this.store.checkpoints.save({ integration: name, task }, checkpoint);
    }
  }

  private async runTask(
    integration: Integration,
    task: Integration['tasks'][number],
    { sources, destinations }: Preflight,
    signal: AbortSignal,
  ): Promise<TaskResult> {
    const destinationEntity = destinations.get(task.destination);
    if (!destinationEntity)
      throw mappingErrors.MAPPING_ENTITY_UNKNOWN({ entity: task.destination, side: 'destination' });
    const { parameters, timeZone, connections } = integration;
    const scope = { integration: integration.name, task: task.task };
    const mapping = compileMapping(task, { parameters, timeZone, destination: destinationEntity });
    const context = {
      runId: this.id,
      scope,
      heldBefore: (await this.store.held.count(scope)) > 0,
      integration,
      mapping,
      source: this.connections.get(connections.source),
      destination: this.connections.get(connections.destination),
      destinationEntity,
      store: this.store,
      events: this.host.events,
      lifecycle: this.host.lifecycle,
      tally: new Tally(),
      clock: this.host.container.resolve(CLOCK),
      signal,
      changed: this.changedIn(connections.source),
      followed: followedLookups(
        task,
        mapping.paths,
        sources,
        this.integrations.flatMap(({ tasks }) => tasks),
      ),
    };
    return runTask(context, { full: this.request.full ?? false, retry: this.request.retry ?? false });
  }

  private changedIn(connection: string): ChangedRows {
    const present = this.changed.get(connection);
    if (present) return present;
    const rows = new ChangedRows();
    this.changed.set(connection, rows);
    return rows;
  }

  private async finish(startedAt: string, failure: unknown): Promise<RunRecord> {
    const stored = await this.store.runs.get(this.id);
    // A task that failed half-way has its figures in the store only.
    const tasks = stored?.tasks ?? this.tasks;
    const balanced = tasks.every(isBalanced);
    const status = await this.statusOf(failure, balanced);
    const error = failure === undefined ? undefined : isIsthmusError(failure) ? failure.toJSON() : String(failure);
    const end = { status, balanced, finishedAt: new Date().toISOString(), ...(error === undefined ? {} : { error }) };
    await this.store.runs.finish(this.id, end);
    return { id: this.id, integrations: this.names, startedAt, tasks, ...end };
  }

  /** Records still kept back make a warning, whether or not this run came across them: "completed" must mean delivered. */
  private async statusOf(failure: unknown, balanced: boolean): Promise<RunStatus> {
    if (failure !== undefined || !balanced) return 'failed';
    for (const integration of this.names) {
      if ((await this.store.held.count({ integration })) > 0) return 'warning';
    }
    return 'succeeded';
  }

  private cancelled(): AbortSignal[] {
    return this.request.signal ? [this.request.signal] : [];
  }
}
