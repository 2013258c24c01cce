import {
  CLOCK,
  compileMapping,
  mappingErrors,
  pathsRead,
  type EntityMap,
  type PluginHost,
  type StateStore,
  type TaskRecord,
  type TaskScope,
} from '@isthmus/core';
import { circlesAmong, legalEntitiesOf, type Connections, type Integration } from '../integration/index.js';
import {
  checkPrerequisites,
  preflight,
  prerequisiteContext,
  requireReady,
  type Connect,
  type Descriptions,
  type Preflight,
} from '../preflight/index.js';
import {
  breaksAmong,
  ChangedRows,
  confirmGone,
  DestinationLookups,
  followedLookups,
  Needs,
  partsOf,
  pathsSeen,
  removeGone,
  requireFewDeletes,
  runTask,
  Sight,
  Tally,
  withFigures,
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
  private readonly sights = new Map<string, Sight>();

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
    const circles = circlesAmong(integration.tasks);
    const open = new Map<string, TaskResult>();
    const leftToRemove = await this.parts.store.held.has({ integration: integration.name, gone: true });
    const isOpen = (task: EntityMap): boolean =>
      leftToRemove || task.onDelete !== undefined || circles.some((circle) => circle.includes(task));
    for (const [i, task] of integration.passes.entries()) {
      const context = await this.contextOf(integration, task, found, lost);
      const result = await context.events.within(context.scope, () => runTask(context, this.parts.options));
      await finished(result, integration.passes.lastIndexOf(task) === i && !isOpen(task));
      if (isOpen(task)) open.set(task.task, result);
      results.push(result);
    }
    for (const circle of circles) {
      const last = results.filter(({ record }) => circle.some(({ task }) => task === record.task));
      for (const result of await this.close(integration, circle, found, lost, last))
        open.set(result.record.task, result);
    }
    for (const record of await this.removeGone(integration, found, lost)) {
      const { checkpoint } = open.get(record.task) ?? {};
      open.set(record.task, { record, checkpoint });
    }
    for (const result of open.values()) await finished(result, true);
    // Only now: were a task's changes forgotten before the tasks that refer to its rows have run, they would not come again.
    await this.parts.store.checkpoints.save(
      results.flatMap(({ record: { integration: name, task }, checkpoint }) =>
        checkpoint ? [[{ integration: name, task }, checkpoint] as const] : [],
      ),
    );
    if (!this.parts.options.selection) {
      for (const { task } of integration.tasks) await this.sights.get(`${integration.name}/${task}`)?.keep();
    }
    return this.conclude(integration);
  }

  /** What the template leaves to do in the destination once its rows are there. */
  async conclude(integration: Integration): Promise<Opinion> {
    const { host, execution, options } = this.parts;
    const { name, template } = integration;
    if (execution.dryRun || options.selection || !template.conclude) return 'succeeded';
    const checks = await template.conclude(prerequisiteContext(integration, this.connect));
    for (const { status, message, remedy } of checks) {
      if (status === 'ok') host.events.emit('conclusion', { integration: name, message });
      else host.events.emit('notice', { integration: name, message, ...(remedy === undefined ? {} : { remedy }) });
    }
    return checks.every(({ status }) => status === 'ok') ? 'succeeded' : 'warning';
  }

  /**
   * Tasks that refer to each other, or to themselves, are gone through again until nothing waits that could go on.
   * Records that wait for each other in a circle are written in two passes: first without one field, then with it.
   *
   * @param results of the tasks so far
   * @returns what they have come to in the end
   */
  private async close(
    integration: Integration,
    circle: readonly EntityMap[],
    found: Preflight,
    lost: AbortSignal,
    results: readonly TaskResult[],
  ): Promise<TaskResult[]> {
    const latest = new Map(results.map((result) => [result.record.task, result]));
    const waits = (): boolean =>
      circle.some(({ task }) => this.tallyOf({ integration: integration.name, task }).counts().deferred > 0);
    for (let progress = true; progress && waits();) {
      progress = false;
      const contexts: TaskContext[] = [];
      for (const task of circle) contexts.push(await this.contextOf(integration, task, found, lost));
      const breaks = await breaksAmong(contexts);
      this.sayWhatIsBroken(circle, breaks);
      for (const context of contexts) {
        const broken = breaks.get(context) ?? new Map<string, never>();
        const before = context.tally.progress;
        const selection = { held: { sourceIds: [...broken.keys()] } };
        const options = { full: false, retry: false, selection };
        context.tally.resumed(broken.size);
        const again = { ...context, selection, breaks: broken };
        latest.set(context.scope.task, await context.events.within(context.scope, () => runTask(again, options)));
        if (context.tally.progress > before) progress = true;
      }
    }
    return [...latest.values()];
  }

  /**
   * What is gone from the source, when everything else is done: children before parents. Judged as a whole before the first
   * row goes.
   *
   * @returns what the tasks have come to in the end
   */
  private async removeGone(integration: Integration, found: Preflight, lost: AbortSignal): Promise<TaskRecord[]> {
    const contexts: TaskContext[] = [];
    for (const task of [...integration.tasks].reverse()) {
      const scope = { integration: integration.name, task: task.task };
      if (!(await this.parts.store.held.has({ ...scope, gone: true }))) continue;
      contexts.push(await this.contextOf(integration, task, found, lost));
    }
    for (const part of contexts.flatMap(partsOf)) await confirmGone(part);
    for (const context of contexts) await requireFewDeletes(context);
    const records: TaskRecord[] = [];
    for (const context of contexts) {
      const work = async (): Promise<void> => {
        for (const part of partsOf(context)) await removeGone(part);
      };
      const start = { mode: 'changes', reason: 'rows that are gone from the source' } as const;
      records.push(await context.events.within(context.scope, () => withFigures(context, start, work)));
    }
    return records;
  }

  private sayWhatIsBroken(circle: readonly EntityMap[], breaks: Awaited<ReturnType<typeof breaksAmong>>): void {
    const tasks = [...circle, circle[0]].map((task) => task?.task).join(' → ');
    for (const [{ scope }, records] of breaks) {
      const [first] = records.values();
      if (!first) continue;
      const what = first.leaveOut ? 'written in two passes' : 'quarantined';
      const message = `Tasks refer to each other (${tasks}), and so do rows; they are ${what}, for example ${first.circle}.`;
      this.parts.host.events.emit('notice', { ...scope, message });
    }
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
      needs: new Needs({ mapping, integration, source: this.connect(route.source), destination, clock }),
      selection: options.selection,
      clock,
      signal: signal ? AbortSignal.any([lost, signal]) : lost,
      changed: this.changedIn(route.source),
      followed: followedLookups(task, mapping.paths, sources, tasks),
      sight: await this.sightOf(scope, task, mapping.paths, sources),
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

  /** What other tasks see of the rows, where the rows that the task reads show all of it. */
  private async sightOf(
    scope: TaskScope,
    task: EntityMap,
    paths: readonly string[],
    sources: Descriptions,
  ): Promise<Sight | undefined> {
    const name = `${scope.integration}/${scope.task}`;
    const { store, integrations } = this.parts;
    const tasks = integrations.flatMap(({ tasks: all, parameters }) =>
      all.map((each) => ({ source: each.source, paths: pathsRead(each, parameters) })),
    );
    const seen = pathsSeen(task.source, tasks, sources);
    if (!seen?.length || !seen.every((path) => paths.includes(path))) return undefined;
    const first = (await store.checkpoints.get(scope)) === undefined;
    const sight = this.sights.get(name) ?? new Sight(store, scope, seen, first);
    this.sights.set(name, sight);
    return sight;
  }

  private changedIn(connection: string): ChangedRows {
    const present = this.changed.get(connection);
    if (present) return present;
    const rows = new ChangedRows();
    this.changed.set(connection, rows);
    return rows;
  }
}
