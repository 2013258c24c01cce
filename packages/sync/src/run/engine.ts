import {
  CLOCK,
  compileMapping,
  mappingErrors,
  type EntityMap,
  type PluginHost,
  type StateStore,
  type TaskScope,
} from '@isthmus/core';
import { legalEntitiesOf, type Connections, type Integration } from '../integration/index.js';
import {
  checkPrerequisites,
  preflight,
  prerequisiteContext,
  requireReady,
  type Connect,
  type Preflight,
} from '../preflight/index.js';
import {
  ChangedRows,
  DestinationLookups,
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

/** How it went, besides what is held back. */
export type Opinion = 'succeeded' | 'warning';

/** Carries integrations out, task by task, in the way that its execution does. */
export class Engine {
  /** By source connection. */
  private readonly changed = new Map<string, ChangedRows>();
  private readonly tallies = new Map<string, Tally>();

  private readonly connect: Connect = (connection) => this.parts.connections.get(connection);

  constructor(private readonly parts: EngineParts) {}

  /**
   * @param lost aborted where another process has taken the integration over
   * @param finished told of each task, and whether that was its last pass
   * @returns whether what the template left to do in the destination is done
   */
  async run(
    integration: Integration,
    lost: AbortSignal,
    finished: (result: TaskResult, isLast: boolean) => Promise<void> = () => Promise.resolve(),
  ): Promise<Opinion> {
    const found = await this.prepare(integration);
    const results: TaskResult[] = [];
    for (const [i, task] of integration.passes.entries()) {
      const context = await this.contextOf(integration, task, found, lost);
      const result = await context.events.within(context.scope, () => runTask(context, this.parts.options));
      await finished(result, integration.passes.lastIndexOf(task) === i);
      results.push(result);
    }
    // Only now: were a task's changes forgotten before the tasks that refer to its rows have run, they would not come again.
    await this.parts.store.checkpoints.save(
      results.flatMap(({ record: { integration: name, task }, checkpoint }) =>
        checkpoint ? [[{ integration: name, task }, checkpoint] as const] : [],
      ),
    );
    return this.conclude(integration);
  }

  /** What the template leaves to do in the destination once its rows are there. */
  async conclude(integration: Integration): Promise<Opinion> {
    const { host, execution, options } = this.parts;
    const { name, template } = integration;
    if (execution.dryRun || options.selection || !template.conclude) return 'succeeded';
    const checks = await template.conclude(prerequisiteContext(integration, this.connect));
    for (const { message, remedy } of checks) {
      host.events.emit('notice', { integration: name, message, ...(remedy === undefined ? {} : { remedy }) });
    }
    return checks.every(({ status }) => status === 'ok') ? 'succeeded' : 'warning';
  }

  /** What the live systems say; refuses to start where that does not do. */
  async prepare(integration: Integration): Promise<Preflight> {
    const { host } = this.parts;
    const found = await preflight(integration, this.connect);
    requireReady(integration.name, found, []);
    const checks = await checkPrerequisites(integration, found, this.connect);
    requireReady(integration.name, found, checks);
    for (const { message, remedy } of checks.filter(({ status }) => status === 'warning')) {
      const advice = remedy === undefined ? {} : { remedy };
      host.events.emit('notice', { integration: integration.name, message, ...advice });
    }
    return found;
  }

  async contextOf(
    integration: Integration,
    task: EntityMap,
    found: Preflight,
    lost: AbortSignal,
  ): Promise<TaskContext> {
    const { runId, host, store, execution, integrations, options, signal } = this.parts;
    const { parameters, timeZone } = integration;
    const route = integration.routeOf(task);
    const { sources, destinations } = found.known(task);
    const sourceEntity = sources.get(task.source);
    const destinationEntity = destinations.get(task.destination);
    if (!destinationEntity) {
      throw mappingErrors.MAPPING_ENTITY_UNKNOWN({ entity: task.destination, side: 'destination' });
    }
    const scope: TaskScope = { integration: integration.name, task: task.task };
    const mapping = compileMapping(task, {
      parameters,
      timeZone,
      source: sourceEntity,
      destination: destinationEntity,
    });
    const destination = this.connect(route.destination);
    const oneByOne = task.everyLegalEntity === true || sourceEntity?.perLegalEntity === true;
    const tasks = integrations.flatMap((each) => each.tasks);
    const clock = host.container.resolve(CLOCK);
    return {
      runId,
      scope,
      legalEntities: oneByOne ? legalEntitiesOf(integration) : [],
      heldBefore: await store.held.has(scope),
      ruled: await store.rulings.has(scope),
      unanswered: await store.journal.unanswered(scope),
      integration,
      mapping,
      source: this.connect(route.source),
      destination,
      destinationEntity,
      sourceEntity,
      store,
      events: host.events,
      lifecycle: host.lifecycle,
      execution,
      tally: this.tallyOf(scope),
      circles: new Map(),
      needs: new Needs({ mapping, integration, destination, clock }),
      selection: options.selection,
      clock,
      signal: signal ? AbortSignal.any([lost, signal]) : lost,
      changed: this.changedIn(route.source),
      followed: followedLookups(task, mapping.paths, sources, tasks),
      lookups: new DestinationLookups(destination, destinations),
    };
  }

  /** A task that the run goes through more than once has one account. */
  private tallyOf({ integration, task }: TaskScope): Tally {
    const name = `${integration}/${task}`;
    const tally = this.tallies.get(name) ?? new Tally();
    this.tallies.set(name, tally);
    return tally;
  }

  private changedIn(connection: string): ChangedRows {
    const present = this.changed.get(connection);
    if (present) return present;
    const rows = new ChangedRows();
    this.changed.set(connection, rows);
    return rows;
  }
}
