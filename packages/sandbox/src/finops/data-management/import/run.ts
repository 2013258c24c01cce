import { setImmediate } from 'node:timers/promises';
import { Refusal } from '../../../odata/index.js';
import type { DataEntity } from '../data-entities.js';
import type { EntityJob, Execution } from '../execution.js';
import { PackageFault, type DataPackage, type PackageEntity } from '../package/index.js';
import { stage, type Staging } from './staging.js';
import type { Troubles } from './troubles.js';
import { upsert, type Target } from './upsert.js';

/** Rows that are written before other requests have their turn. */
const SLICE = 200;

export interface ImportEntity {
  readonly described: PackageEntity;
  readonly entity: DataEntity;
  readonly job: EntityJob;
  /** Why its file is not read. */
  readonly fault?: PackageFault;
  /** Set once its file is read. */
  staging?: Staging;
}

/** Reads the files of all entities into their staging tables. */
export function stageAll(
  source: DataPackage,
  entities: readonly ImportEntity[],
  target: Target,
  company: string,
): void {
  for (const item of entities) {
    const { described, entity, job, fault: known } = item;
    job.stagingStatus = 'Executing';
    try {
      if (known) throw known;
      item.staging = stage(source, described, entity, { company, enums: target.enums });
      const { columns, faults } = item.staging;
      for (const { number, message, field } of faults)
        job.faults.push({ step: 'staging', message, field, key: [String(number)] });
      if (faults.length > 0) job.stagingErrors = [[...columns], ...faults.map(({ cells }) => [...cells])];
      job.stagingStatus = faults.length > 0 ? 'Error' : 'Finished';
    } catch (fault) {
      if (!(fault instanceof PackageFault)) throw fault;
      job.refuse('staging', fault);
    }
  }
}

/** What an import works with. */
export interface ImportRun {
  readonly execution: Execution;
  readonly target: Target;
  readonly troubles: Troubles;
  /** Shows how far it has come. */
  readonly report: () => void;
}

/** Writes what is staged: execution units side by side; in each of them level after level, and sequence after sequence. */
export async function importAll(run: ImportRun, entities: readonly ImportEntity[]): Promise<void> {
  const units = new Map<number, ImportEntity[]>();
  for (const item of entities) {
    const { executionUnit } = item.described.placing;
    units.set(executionUnit, [...(units.get(executionUnit) ?? []), item]);
  }
  await Promise.all([...units.values()].map((unit) => importUnit(run, unit)));
}

async function importUnit(run: ImportRun, unit: readonly ImportEntity[]): Promise<void> {
  const inOrder = [...unit].sort(
    ({ described: { placing: one } }, { described: { placing: other } }) =>
      one.level - other.level || one.sequence - other.sequence,
  );
  let failedLevel: number | undefined;
  let failed = false;
  for (const { described, job, staging } of inOrder) {
    const { level } = described.placing;
    if (!staging || failed || level === failedLevel) job.targetStatus = 'NotRun';
    else if (run.execution.stopped) job.targetStatus = 'Canceled';
    else {
      await run.troubles.pass({ ...run, job }).then(
        () => importEntity(run, job, staging),
        (fault: unknown) => refuseAll(job, fault),
      );
    }
    run.report();
    if (job.faults.length === 0) continue;
    failed ||= described.failUnitOnError;
    if (described.failLevelOnError) failedLevel = level;
  }
}

function refuseAll(job: EntityJob, fault: unknown): void {
  if (!(fault instanceof PackageFault)) throw fault;
  job.refuse('target', fault);
}

async function importEntity({ execution, target, report }: ImportRun, job: EntityJob, staging: Staging): Promise<void> {
  for (const [index, { row, key }] of staging.rows.entries()) {
    if (index % SLICE === 0) {
      if (!execution.stopped) job.targetStatus = 'Executing';
      report();
      await setImmediate();
    }
    if (execution.stopped) break;
    const done = upsert(target, row);
    if (done instanceof Refusal) {
      job.faults.push({ step: 'target', message: done.message, field: '', key });
    } else {
      job.created += done.created;
      job.updated += done.updated;
    }
  }
  const refused = job.faults.length - staging.faults.length;
  job.targetStatus = execution.stopped ? 'Canceled' : refused > 0 ? 'Error' : 'Finished';
}
