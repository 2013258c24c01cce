import {
  isIsthmusError,
  STATE_STORE,
  type Configuration,
  type Connector,
  type PluginHost,
  type RunRecord,
  type SavedPlan,
  type StateStore,
} from '@isthmus/core';
import { Connections, inRunOrder, resolveIntegration, type Integration } from '../integration/index.js';
import { Engine, requireFound, withLeases } from '../run/index.js';
import type { TaskOptions } from '../task/index.js';
import { isUnchanged, type PlanLine, type PlannedUnchanged, type PlanTotals } from './format.js';
import { headerOf } from './header.js';
import { Noting } from './noting.js';
import { PlanWriter } from './plan-writer.js';
import { plannedConnector } from './planned-connector.js';
import { PlannedRows } from './planned-rows.js';

export interface PlanRequest extends Partial<TaskOptions> {
  readonly integrations: readonly string[];
  /** Where the plan is saved, to be applied later. */
  readonly file?: string | undefined;
  readonly signal?: AbortSignal;
}

/** Known to hooks, and to the draft of the store, which is thrown away. */
const PLAN_ID = 'plan';

/**
 * Carries integrations out on a draft of the store and on systems that nothing can be written to, and says what a run
 * would do.
 *
 * @param show told of every line but the digest, in the order of the plan
 * @returns the totals of the tasks
 */
export async function plan(
  configuration: Configuration,
  host: PluginHost,
  request: PlanRequest,
  show: (line: PlanLine | PlannedUnchanged) => void,
): Promise<PlanTotals['totals'][]> {
  const integrations = inRunOrder(request.integrations.map((name) => resolveIntegration(configuration, host, name)));
  const store = await host.container.resolve(STATE_STORE).open(configuration.store);
  try {
    const draft = await store.draft();
    try {
      return await new Planner(host, configuration, store, draft, integrations, request, show).make();
    } finally {
      await draft.close();
    }
  } finally {
    await store.close();
  }
}

class Planner {
  private readonly planned = new Map<string, PlannedRows>();
  private readonly checkpoints: SavedPlan['checkpoints'][number][] = [];
  private readonly totals: PlanTotals['totals'][] = [];
  private writer: PlanWriter | undefined;

  constructor(
    private readonly host: PluginHost,
    private readonly configuration: Configuration,
    private readonly store: StateStore,
    private readonly draft: StateStore,
    private readonly integrations: readonly Integration[],
    private readonly request: PlanRequest,
    private readonly show: (line: PlanLine | PlannedUnchanged) => void,
  ) {}

  async make(): Promise<PlanTotals['totals'][]> {
    const { file } = this.request;
    const connections = new Connections(this.configuration, this.host, (connector) => this.seen(connector));
    try {
      if (file !== undefined) this.writer = await PlanWriter.open(file);
      await this.emit(await headerOf(this.integrations, connections, this.store, this.options));
      await this.withHooks(() => this.carryOut(connections));
      await this.save();
    } catch (thrown) {
      await this.writer?.discard();
      throw thrown;
    } finally {
      await connections.close();
    }
    return this.totals;
  }

  private get options(): TaskOptions {
    const { full = false, retry = false, selection } = this.request;
    return { full, retry, selection };
  }

  private async carryOut(connections: Connections): Promise<void> {
    const { host, draft, integrations, options } = this;
    const noting = new Noting(
      this.store,
      (system) => this.plannedFor(system),
      (line) => this.emit(line),
    );
    const { signal } = this.request;
    const engine = new Engine({
      ...{ runId: PLAN_ID, host, store: draft, connections, integrations, execution: noting, options, signal },
    });
    let taken = 0;
    for (const integration of integrations) {
      await this.sayIfBusy(integration.name);
      await withLeases(draft, [integration.name], PLAN_ID, (_leases, lost) =>
        engine.run(integration, lost, async ({ record, checkpoint }, isLast) => {
          taken += record.read;
          if (!isLast) return;
          await noting.finish(draft, PLAN_ID, record);
          if (checkpoint) this.checkpoints.push({ integration: record.integration, task: record.task, checkpoint });
        }),
      );
    }
    requireFound(options, taken);
  }

  private async withHooks(work: () => Promise<void>): Promise<void> {
    const { host, draft } = this;
    const integrations = this.integrations.map(({ name }) => name);
    const container = host.container.child();
    const startedAt = new Date().toISOString();
    await draft.runs.begin({ id: PLAN_ID, integrations, startedAt });
    try {
      await host.lifecycle.call('beforeRun', { runId: PLAN_ID, integrations, container, dryRun: true });
      await work();
      const run: RunRecord = { id: PLAN_ID, integrations, status: 'succeeded', startedAt, tasks: [] };
      await host.lifecycle.call('afterRun', { run, dryRun: true });
    } finally {
      await container.dispose();
    }
  }

  /** A plan needs no lease; but what another process is writing, it does not see. */
  private async sayIfBusy(integration: string): Promise<void> {
    try {
      return await withLeases(this.draft, [integration], PLAN_ID, () => Promise.resolve());
    } catch (thrown) {
      if (!isIsthmusError(thrown) || thrown.code !== 'INTEGRATION_BUSY') throw thrown;
      const holder = String(thrown.details['holder']);
      await this.draft.leases.release(`integration:${integration}`, holder);
      const message = `The integration '${integration}' is being run at this moment (${holder}): the plan may be outdated when it is ready.`;
      this.host.events.emit('notice', { integration, message });
    }
  }

  private seen(connector: Connector): Connector {
    return plannedConnector(connector, this.plannedFor(connector.identity));
  }

  private plannedFor(system: string): PlannedRows {
    const rows = this.planned.get(system) ?? new PlannedRows(this.draft, system);
    this.planned.set(system, rows);
    return rows;
  }

  private async emit(line: PlanLine | PlannedUnchanged): Promise<void> {
    if (!isUnchanged(line)) await this.writer?.add(line);
    if ('totals' in line) this.totals.push(line.totals);
    this.show(line);
  }

  /** How far the plan has read is no part of it: that differs from one reading to the next. */
  private async save(): Promise<void> {
    if (!this.writer) return;
    const digest = await this.writer.finish();
    const applied = await this.store.plans.get(digest);
    if (applied?.appliedBy === undefined) await this.store.plans.save({ digest, checkpoints: this.checkpoints });
  }
}
