import {
  CLOCK,
  compileMapping,
  mappingErrors,
  type EntityMap,
  type PluginHost,
  type StateStore,
  type TaskScope,
} from '@isthmus/core';
import type { Connections, Integration } from '../integration/index.js';
import {
  checkPrerequisites,
  preflight,
  prerequisiteContext,
  requireReady,
  type Preflight,
} from '../preflight/index.js';
import {
  ChangedRows,
  followedLookups,
  Needs,
  runTask,
  Tally,
  type Execution,
  type TaskContext,
  type TaskOptions,
  type TaskResult,
} from '../task/index.js';

/** What the integrations of one run share. */
export interface EngineParts {
  readonly runId: string;
  readonly host: PluginHost;
  readonly store: StateStore;
  readonly connections: Connections;
  readonly integrations: readonly Integration[];
  readonly execution: Execution;
  readonly options: TaskOptions;
  /** Stops between batches; what is under way is finished and remembered. */
  readonly signal?: AbortSignal | undefined;
}

/** Carries integrations out, task by task, in the way that its execution does. */
export class Engine {
  /** By source connection. */
  private readonly changed = new Map<string, ChangedRows>();

  constructor(private readonly parts: EngineParts) {}

  /**
   * @param lost aborted where another process has taken the integration over
   * @param finished told of each task
   */
  async run(
    integration: Integration,
    lost: AbortSignal,
    finished: (result: TaskResult) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const found = await this.prepare(integration);
    const results: TaskResult[] = [];
    for (const task of integration.tasks) {
      const context = await this.contextOf(integration, task, found, lost);
      const result = await context.events.within(context.scope, () => runTask(context, this.parts.options));
      await finished(result);
      results.push(result);
    }
    // Only now: were a task's changes forgotten before the tasks that refer to its rows have run, they would not come again.
    await this.parts.store.checkpoints.save(
      results.flatMap(({ record: { integration: name, task }, checkpoint }) =>
        checkpoint ? [[{ integration: name, task }, checkpoint] as const] : [],
      ),
    );
    if (!this.parts.execution.dryRun) await this.conclude(integration);
  }

  /** What the template leaves to do in the destination once its rows are there. */
  private async conclude(integration: Integration): Promise<void> {
    const { connections, host } = this.parts;
    const { name, template } = integration;
    const source = connections.get(integration.connections.source);
    const destination = connections.get(integration.connections.destination);
    await template.conclude?.({
      ...prerequisiteContext(integration, source, destination),
      notice: (message, remedy) =>
        host.events.emit('notice', { integration: name, message, ...(remedy === undefined ? {} : { remedy }) }),
    });
  }

  /** What the live systems say; refuses to start where that does not do. */
  async prepare(integration: Integration): Promise<Preflight> {
    const { connections } = this.parts;
    const source = connections.get(integration.connections.source);
    const destination = connections.get(integration.connections.destination);
    const found = await preflight(integration, source, destination);
    requireReady(integration.name, found, []);
    requireReady(integration.name, found, await checkPrerequisites(integration, source, destination));
    return found;
  }

  async contextOf(
    integration: Integration,
    task: EntityMap,
    { sources, destinations }: Preflight,
    lost: AbortSignal,
  ): Promise<TaskContext> {
    const { runId, host, store, execution, integrations, options, signal } = this.parts;
    const { parameters, timeZone, connections } = integration;
    const destinationEntity = destinations.get(task.destination);
    if (!destinationEntity) {
      throw mappingErrors.MAPPING_ENTITY_UNKNOWN({ entity: task.destination, side: 'destination' });
    }
    const scope: TaskScope = { integration: integration.name, task: task.task };
    const mapping = compileMapping(task, { parameters, timeZone, destination: destinationEntity });
    const tasks = integrations.flatMap((each) => each.tasks);
    const destination = this.parts.connections.get(connections.destination);
    const clock = host.container.resolve(CLOCK);
    return {
      runId,
      scope,
      heldBefore: await store.held.has(scope),
      ruled: await store.rulings.has(scope),
      unanswered: await store.journal.unanswered(scope),
      integration,
      mapping,
      source: this.parts.connections.get(connections.source),
      destination,
      destinationEntity,
      sourceEntity: sources.get(task.source),
      store,
      events: host.events,
      lifecycle: host.lifecycle,
      execution,
      tally: new Tally(),
      needs: new Needs({ mapping, integration, destination, clock }),
      selection: options.selection,
      clock,
      signal: signal ? AbortSignal.any([lost, signal]) : lost,
      changed: this.changedIn(connections.source),
      followed: followedLookups(task, mapping.paths, sources, tasks),
    };
  }

  private changedIn(connection: string): ChangedRows {
    const present = this.changed.get(connection);
    if (present) return present;
    const rows = new ChangedRows();
    this.changed.set(connection, rows);
    return rows;
  }
}
