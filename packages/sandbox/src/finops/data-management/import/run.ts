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

/** Writes what is staged: execution units side by side; in each of them level after level, and sequence after sequence. */
export async function importAll(
  execution: Execution,
  entities: readonly ImportEntity[],
  target: Target,
  troubles: Troubles,
): Promise<void> {
  const units = new Map<number, ImportEntity[]>();
  for (const item of entities) {
    const unit = units.get(item.described.executionUnit) ?? [];
    units.set(item.described.executionUnit, [...unit, item]);
  }
  await Promise.all([...units.values()].map((unit) => importUnit(execution, unit, target, troubles)));
}

async function importUnit(
  execution: Execution,
  unit: readonly ImportEntity[],
  target: Target,
  troubles: Troubles,
): Promise<void> {
  const inOrder = [...unit].sort(
    ({ described: one }, { described: other }) => one.level - other.level || one.sequence - other.sequence,
  );
  let failedLevel: number | undefined;
  let failed = false;
  for (const { described, job, staging } of inOrder) {
    if (!staging || failed || described.level === failedLevel) {
      job.targetStatus = 'NotRun';
    } else {
      await troubles.pass().then(
        () => importEntity(execution, job, staging, target),
        (fault: unknown) => refuseAll(job, fault),
      );
    }
    if (job.faults.length === 0) continue;
    failed ||= described.failUnitOnError;
    if (described.failLevelOnError) failedLevel = described.level;
  }
}

function refuseAll(job: EntityJob, fault: unknown): void {
  if (!(fault instanceof PackageFault)) throw fault;
  job.refuse('target', fault);
}

async function importEntity(execution: Execution, job: EntityJob, staging: Staging, target: Target): Promise<void> {
  job.targetStatus = 'Executing';
  for (const [index, { row, key }] of staging.rows.entries()) {
    if (index % SLICE === 0) await setImmediate();
    if (!execution.running) {
      job.targetStatus = 'Canceled';
      return;
    }
    const done = upsert(target, row);
    if (done instanceof Refusal) {
      job.faults.push({ step: 'target', message: done.message, field: '', key });
    } else {
      job.created += done.created;
      job.updated += done.updated;
    }
  }
  const refused = job.faults.length - staging.faults.length;
  job.targetStatus = refused > 0 ? 'Error' : 'Finished';
}
