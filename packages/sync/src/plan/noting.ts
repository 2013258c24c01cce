import type { Connector, Settlement, StateStore, TaskRecord as TaskFigures, TaskScope } from '@isthmus/core';
import { BATCH, OUTCOME, type Decision, type Execution, type TaskContext, type TaskRecord } from '../task/index.js';
import { heldEntry, operationEntry, plannedRecord, type NotedOperation } from './entries.js';
import { WRITES, type PlanEntry, type PlanLine, type PlannedUnchanged } from './format.js';
import type { PlannedRows } from './planned-rows.js';

/** Takes decisions as done, and notes down what a run would leave behind. */
export class Noting implements Execution {
  readonly dryRun = true;
  /** One after the other: the order of the entries must follow from the state alone. */
  readonly batches = 1;
  private readonly operations = new Map<TaskRecord, NotedOperation>();
  private batch: { task: string; destination: Connector; entries: number; writes: number } | undefined;
  /** By task. */
  private readonly requests = new Map<string, number>();

  /**
   * @param before the store as it is, untouched by this plan
   * @param planned by identity of the destination
   * @param emit takes the lines of the plan
   */
  constructor(
    private readonly before: StateStore,
    private readonly planned: (system: string) => PlannedRows,
    private readonly emit: (line: PlanLine | PlannedUnchanged) => Promise<void>,
  ) {}

  async carryOut(context: TaskContext, _decider: unknown, decisions: readonly Decision[]): Promise<void> {
    if (decisions.length === 0) return;
    const { scope, runId, lifecycle, mapping, destination } = context;
    const decided = decisions.map(({ operation }) => operation);
    const operations = await lifecycle.beforeWrite({ ...scope, runId, operations: decided, dryRun: true });
    await this.planned(destination.identity).note(mapping.entity.destination, operations);
    decisions.forEach(({ record, operation: asDecided, present }, i) => {
      const operation = operations[i] ?? asDecided;
      record.outcome = OUTCOME[operation.kind];
      this.operations.set(record, { operation, present });
    });
  }

  /** What is kept back is noted at the end of the task: it may be released before. */
  async settled(context: TaskContext, records: readonly TaskRecord[], settlement: Settlement): Promise<void> {
    const remembered = new Set(settlement.crossReferences.map(({ sourceId }) => sourceId));
    const held = await this.heldBefore(context, settlement.released);
    for (const record of records) {
      const entry = this.entryOf(context, record, remembered.has(record.sourceId), held.has(record.sourceId));
      if (entry) await this.add(context, entry);
      else if (record.outcome === 'unchanged')
        await this.emit({ ...plannedRecord(context, record), action: 'unchanged' });
    }
    const noted = new Set(records.map(({ sourceId }) => sourceId));
    await this.forget(
      context,
      settlement.forgotten.filter((id) => !noted.has(id)),
      held,
    );
  }

  /** The records that the task leaves behind, and its totals. */
  async finish(draft: StateStore, runId: string, figures: TaskFigures): Promise<void> {
    const { durationMs: _time, template: _template, ...totals } = figures;
    const { integration, task } = figures;
    for await (const page of draft.held.list({ integration, task, runId })) {
      for (const held of page) await this.emit(heldEntry(held));
    }
    this.endBatch();
    await this.emit({ totals: { ...totals, requests: this.requests.get(nameOf(figures)) ?? 0 } });
  }

  private entryOf(context: TaskContext, record: TaskRecord, remembered: boolean, held: boolean): PlanEntry | undefined {
    const planned = plannedRecord(context, record);
    const operation = this.operations.get(record);
    this.operations.delete(record);
    const { outcome } = record;
    if (operation) return operationEntry(planned, record, operation);
    // There is nothing left of it to be deleted.
    if (record.gone) return { ...planned, action: 'forget' };
    if (outcome === 'unchanged' && remembered) return { ...planned, action: 'adopt', content: record.hash };
    if ((outcome === 'unchanged' || outcome === 'filtered') && held) return { ...planned, action: 'release', outcome };
    return undefined;
  }

  /** Rows that are gone from the source, as far as anything is known of them. */
  private async forget(context: TaskContext, ids: readonly string[], held: ReadonlySet<string>): Promise<void> {
    if (ids.length === 0) return;
    const { scope } = context;
    const known = await this.before.crossReferences.bySource(scope, ids);
    for (const sourceId of ids) {
      const reference = known.get(sourceId);
      if (!reference && !held.has(sourceId)) continue;
      const record = reference?.keyValues.join('/') ?? sourceId;
      await this.add(context, {
        ...scope,
        record,
        sourceId,
        legalEntity: reference?.legalEntity ?? '',
        action: 'forget',
      });
    }
  }

  private async heldBefore({ scope }: TaskContext, sourceIds: readonly string[]): Promise<Set<string>> {
    const held = new Set<string>();
    if (sourceIds.length === 0) return held;
    for await (const page of this.before.held.list({ ...scope, sourceIds })) {
      for (const { sourceId } of page) held.add(sourceId);
    }
    return held;
  }

  private async add({ scope, destination }: TaskContext, entry: PlanEntry): Promise<void> {
    const task = nameOf(scope);
    if (this.batch?.task !== task || this.batch.entries === BATCH) {
      this.endBatch();
      this.batch = { task, destination, entries: 0, writes: 0 };
    }
    this.batch.entries++;
    if (WRITES.has(entry.action)) this.batch.writes++;
    await this.emit(entry);
  }

  /** Applying takes entries in batches of the same size. */
  private endBatch(): void {
    const { task = '', destination, writes = 0 } = this.batch ?? {};
    if (destination && writes > 0) {
      this.requests.set(task, (this.requests.get(task) ?? 0) + destination.writeRequests(writes));
    }
    this.batch = undefined;
  }
}

const nameOf = ({ integration, task }: TaskScope): string => `${integration}/${task}`;
