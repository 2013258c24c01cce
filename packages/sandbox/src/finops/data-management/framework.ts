import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Table } from '../../store/index.js';
import { badRequest } from '../refusals.js';
import { insertRow } from '../writes.js';
import { Blobs } from './blobs.js';
import { EntityJob, Execution } from './execution.js';
import { exportRows, type Exported } from './export-rows.js';
import { importAll, stageAll, Troubles, type ImportEntity, type Target } from './import/index.js';
import { JobTable } from './job-table.js';
import type { DataManagementOptions } from './options.js';
import { PackageFault, readPackage, writePackage, type DataPackage, type ExportedEntity } from './package/index.js';

export interface ImportRequest {
  readonly group: string;
  readonly executionId: string;
  readonly company: string;
  /** Go on from staging to target. */
  readonly execute: boolean;
  /** The caller waits until the package is unpacked into the staging tables. */
  readonly synchronous: boolean;
}

export interface ExportOrder {
  readonly group: string;
  readonly executionId: string;
  readonly packageName: string;
  readonly company: string;
  readonly limit: number;
  /** Only what has changed since this project's last run, whatever the project says. */
  readonly delta: boolean;
}

/** F&O's data management framework: projects, their executions, and the files that they read and write. */
export class DataManagement {
  readonly blobs: Blobs;
  private readonly executions = new Map<string, Execution>();
  private readonly exported = new Map<string, Exported>();
  private readonly jobs: JobTable;
  private readonly troubles: Troubles;

  constructor(
    private readonly target: Target,
    readonly options: DataManagementOptions,
    private readonly now: () => number,
  ) {
    this.blobs = new Blobs(now, options.signedMinutes ?? 60);
    this.jobs = new JobTable(target.store);
    this.troubles = new Troubles(options.packageTroubles ?? [], options.packageDelayMs ?? 0);
  }

  execution(id: string): Execution | undefined {
    return this.executions.get(id);
  }

  forget(id: string): boolean {
    return this.executions.delete(id);
  }

  /** The next export of a project gives out everything again. */
  resetVersions(group: string): void {
    for (const key of this.exported.keys()) if (key.startsWith(`${group}\n`)) this.exported.delete(key);
  }

  /** @throws Refusal, where F&O does not even start */
  importPackage(bytes: Uint8Array, request: ImportRequest): Execution {
    return this.importFrom(
      attempted(() => readPackage(bytes)),
      request,
    );
  }

  /** @throws Refusal */
  importFrom(source: DataPackage, request: ImportRequest): Execution {
    const { group, executionId, company, synchronous } = request;
    this.requireCompany(company);
    const { entities } = source.manifest;
    const tables = entities.map(({ entityName }) => this.tableOf(entityName));
    const execution = this.begin(group || source.manifest.definitionGroup, executionId, 'Import');
    const items = entities.flatMap((entity, index): ImportEntity[] => {
      const table = tables[index];
      if (!table || entity.disabled) return [];
      const job = new EntityJob(
        entity.entityName,
        table.schema.key.map(({ name }) => name),
      );
      execution.jobs.push(job);
      return [{ entity, table, job }];
    });
    this.jobs.save(execution);
    const stage = (): void => stageAll(source, items, this.target, company.toLowerCase());
    if (synchronous) stage();
    else execution.unknownFor = this.options.packageUnknownFor ?? 1;
    execution.finished = this.carryOut(execution, items, { ...request, stage: synchronous ? undefined : stage });
    return execution;
  }

  /** @throws Refusal */
  exportPackage(order: ExportOrder): Execution {
    const { group, executionId, packageName } = order;
    const projects = this.target.store.table('DataManagementDefinitionGroups');
    if (!projects?.byKey(group)) throw badRequest(`The data project ${group} does not exist.`);
    const entities = this.rowsOf(order);
    const execution = this.begin(group, executionId, 'Export');
    for (const { entityName, rows } of entities) {
      const job = new EntityJob(entityName, []);
      job.stagingStatus = job.targetStatus = 'Finished';
      job.created = rows.length;
      execution.jobs.push(job);
    }
    void this.build(execution, () => this.blobs.keep(packageName, writePackage(group, entities)));
    return execution;
  }

  /** File with what has changed in an export project since it was last asked for; undefined where nothing has. */
  changedPackage(group: string, company: string): string | undefined {
    const entities = this.rowsOf({ group, company, limit: Infinity, delta: true });
    if (entities.every(({ rows }) => rows.length === 0)) return undefined;
    return this.blobs.keep(`${group}.zip`, writePackage(group, entities));
  }

  /** Everything under way ends where it is. */
  close(): void {
    for (const execution of this.executions.values()) execution.running = false;
  }

  /** By its label: data management knows entities by no other name. @throws Refusal */
  tableOf(label: string): Table {
    const schema = this.target.store.tables.find(({ schema: { model } }) => model.label === label)?.schema;
    const table = schema && this.target.store.tableOf(schema);
    if (!table) throw badRequest(`Entity ${label} does not exist in the target environment.`);
    return table;
  }

  private rowsOf({ group, company, limit, delta }: Pick<ExportOrder, 'group' | 'company' | 'limit' | 'delta'>) {
    this.requireCompany(company);
    return this.jobs.entitiesOf(group).map(({ entityName, incremental }): ExportedEntity => {
      const key = [group, entityName, company.toLowerCase()].join('\n');
      const since = delta || incremental ? (this.exported.get(key) ?? new Map<number, number>()) : undefined;
      if (since && limit === Infinity) this.exported.set(key, since);
      return exportRows(this.tableOf(entityName), { company: company.toLowerCase(), limit, ...(since && { since }) });
    });
  }

  private requireCompany(company: string): void {
    if (this.target.store.table('LegalEntities')?.byKey(company.toLowerCase())) return;
    throw badRequest(`The legal entity '${company}' does not exist.`);
  }

  private begin(group: string, id: string, kind: 'Import' | 'Export'): Execution {
    const others = [...this.executions.values()];
    if (id !== '' && this.executions.has(id)) throw badRequest(`The execution ${id} exists already.`);
    const overlapping = others.some(({ group: other, running }) => other === group && running);
    if (kind === 'Import' && overlapping && !this.options.parallelPackageImport) {
      throw badRequest(`DMF2025: Another import of the data project ${group} is under way.`);
    }
    const projects = this.target.store.table('DataManagementDefinitionGroups');
    if (kind === 'Import' && projects && !projects.byKey(group)) {
      insertRow(this.target, projects, { Name: group, OperationType: 'Import', ProjectCategory: 'Integration' });
    }
    const execution = new Execution(id || `${group}-${this.newId()}`, group);
    this.executions.set(execution.id, execution);
    return execution;
  }

  private newId(): string {
    return this.options.executionIds === 'timestamp' ? new Date(this.now()).toISOString() : randomUUID();
  }

  private async carryOut(
    execution: Execution,
    items: readonly ImportEntity[],
    { execute, stage }: ImportRequest & { stage: (() => void) | undefined },
  ): Promise<void> {
    await delay(0, undefined, { ref: false });
    stage?.();
    this.jobs.save(execution);
    if (execute) {
      await delay(this.options.packageDelayMs ?? 0, undefined, { ref: false });
      await importAll(execution, items, this.target, this.troubles);
    } else execution.onlyStaged = true;
    execution.running = false;
    this.jobs.save(execution);
  }

  private async build(execution: Execution, work: () => string): Promise<void> {
    await delay(this.options.packageDelayMs ?? 0, undefined, { ref: false });
    execution.packageFile = work();
    execution.running = false;
    this.jobs.save(execution);
  }
}

/** A package that cannot be read at all is refused before anything is made of it. */
function attempted<T>(work: () => T): T {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof PackageFault) throw badRequest(fault.message);
    throw fault;
  }
}
