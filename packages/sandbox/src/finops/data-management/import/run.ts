import { setImmediate } from 'node:timers/promises';
import type { Table } from '../../../store/index.js';
import type { EntityJob, Execution } from '../execution.js';
import { PackageFault, type DataPackage, type PackageEntity } from '../package/index.js';
import { stage, type Staging } from './staging.js';
import type { Troubles } from './troubles.js';
import { upsert, type Target } from './upsert.js';

/** Rows that are written before other requests have their turn. */
const SLICE = 200;

export interface ImportEntity {
  readonly entity: PackageEntity;
  readonly table: Table;
  readonly job: EntityJob;
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
    const { entity, table, job } = item;
    job.stagingStatus = 'Executing';
    try {
      item.staging = stage(source, entity, { schema: table.schema, company, enums: target.enums });
      const { columns, faults } = item.staging;
      for (const { number, message, field } of faults)
        job.faults.push({ step: 'staging', message, field, key: [String(number)] });
      if (faults.length > 0) job.stagingErrors = [[...columns], ...faults.map(({ cells }) => [...cells])];
      job.stagingStatus = faults.length > 0 ? 'Error' : 'Finished';
    } catch (fault) {
      if (!(fault instanceof PackageFault)) throw fault;
      job.faults.push({ step: 'staging', message: fault.message, field: '', key: [] });
      job.stagingStatus = 'Error';
      job.targetStatus = 'NotRun';
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
    const unit = units.get(item.entity.executionUnit) ?? [];
    units.set(item.entity.executionUnit, [...unit, item]);
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
    ({ entity: one }, { entity: other }) => one.level - other.level || one.sequence - other.sequence,
  );
  let failedLevel: number | undefined;
  let failed = false;
  for (const { entity, table, job, staging } of inOrder) {
    if (!staging || failed || entity.level === failedLevel) {
      job.targetStatus = 'NotRun';
    } else {
      await troubles.pass().then(
        () => importEntity(execution, { table, job, staging }, target),
        (fault: unknown) => refuseAll(job, fault),
      );
    }
    if (job.faults.length === 0) continue;
    failed ||= entity.failUnitOnError;
    if (entity.failLevelOnError) failedLevel = entity.level;
  }
}

function refuseAll(job: EntityJob, fault: unknown): void {
  if (!(fault instanceof PackageFault)) throw fault;
  job.faults.push({ step: 'target', message: fault.message, field: '', key: [] });
  job.targetStatus = 'Error';
}

async function importEntity(
  execution: Execution,
  { table, job, staging }: { table: Table; job: EntityJob; staging: Staging },
  target: Target,
): Promise<void> {
  job.targetStatus = 'Executing';
  for (const [index, { payload, key }] of staging.rows.entries()) {
    if (index % SLICE === 0) await setImmediate();
    if (!execution.running) {
      job.targetStatus = 'Canceled';
      return;
    }
    const done = upsert(target, table, payload);
    if (typeof done === 'string') job[done]++;
    else job.faults.push({ step: 'target', message: done.message, field: '', key });
  }
  const refused = job.faults.length - staging.faults.length;
  job.targetStatus = refused > 0 ? 'Error' : 'Finished';
}
