import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { badRequest } from '../refusals.js';
import { insertRow } from '../writes.js';
import { Blobs } from './blobs.js';
import { DataEntities } from './data-entities.js';
import { EntityJob, Execution } from './execution.js';
import { exportRows, type Exported } from './export-rows.js';
import { importAll, stageAll, Troubles, type ImportEntity, type Target } from './import/index.js';
import { JobTable, type ProjectEntity } from './job-table.js';
import type { DataManagementOptions } from './options.js';
import {
  isExcel,
  PackageFault,
  readPackage,
  writePackage,
  type DataPackage,
  type ExportedEntity,
} from './package/index.js';

export interface ImportRequest {
  readonly group: string;
  readonly executionId: string;
  readonly company: string;
  /** Go on from staging to target. */
  readonly execute: boolean;
  /** As the caller says it: false for a package with a composite entity, true for any other; where nobody says it, as it should be. */
  readonly overwrite?: boolean;
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
  readonly entities: DataEntities;
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
    this.entities = new DataEntities(target.store, options.compositeEntities ?? []);
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
    const described = source.manifest.entities.map((each) => ({
      described: each,
      entity: this.entities.find(each.entityName),
    }));
    requireOneComposite(described.filter(({ entity }) => entity.composite).length, request);
    const execution = this.begin(group || source.manifest.definitionGroup, executionId, 'Import');
    const enabled = described.filter((item) => !item.described.disabled);
    const fault = enabled.some((item) => isExcel(item.described.format)) ? this.lockExcel(execution) : undefined;
    const items = enabled.map((item): ImportEntity => {
      const { schema } = item.entity.root.table;
      const job = new EntityJob(
        item.entity.label,
        schema.key.map(({ name }) => name),
      );
      execution.jobs.push(job);
      return { ...item, job, ...(fault && isExcel(item.described.format) && { fault }) };
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
    const project = this.jobs.entitiesOf(group);
    this.requireCompany(order.company);
    for (const { entityName } of project) this.entities.find(entityName);
    const execution = this.begin(group, executionId, 'Export');
    for (const { entityName } of project) execution.jobs.push(new EntityJob(entityName, []));
    try {
      const locked = project.some(({ format }) => isExcel(format)) ? this.lockExcel(execution) : undefined;
      if (locked) throw locked;
      const entities = this.rowsOf(project, order);
      for (const [index, { count }] of entities.entries()) execution.jobs[index]?.exported(count);
      void this.build(execution, () => this.blobs.keep(packageName, writePackage(group, entities)));
    } catch (fault) {
      if (!(fault instanceof PackageFault)) throw fault;
      for (const job of execution.jobs) job.refuse('staging', fault);
      void this.build(execution, () => '');
    }
    return execution;
  }

  /** File with what has changed in an export project since it was last asked for; undefined where nothing has. */
  changedPackage(group: string, company: string): string | undefined {
    this.requireCompany(company);
    const order = { group, company, limit: Infinity, delta: true };
    const entities = attempted(() => this.rowsOf(this.jobs.entitiesOf(group), order));
    if (entities.every(({ count }) => count === 0)) return undefined;
    return this.blobs.keep(`${group}.zip`, writePackage(group, entities));
  }

  /** Everything under way ends where it is. */
  close(): void {
    for (const execution of this.executions.values()) execution.running = false;
  }

  /** @throws PackageFault */
  private rowsOf(
    project: readonly ProjectEntity[],
    { group, company, limit, delta }: Pick<ExportOrder, 'group' | 'company' | 'limit' | 'delta'>,
  ): ExportedEntity[] {
    return project.map(({ entityName, incremental, format }) => {
      const key = [group, entityName, company.toLowerCase()].join('\n');
      const since = delta || incremental ? (this.exported.get(key) ?? new Map<number, string>()) : undefined;
      if (since && limit === Infinity) this.exported.set(key, since);
      const request = { company: company.toLowerCase(), limit, format, ...(since && { since }) };
      return exportRows(this.entities.find(entityName), request);
    });
  }

  /** One execution at a time may read or write workbooks. @returns why this one may not */
  private lockExcel(execution: Execution): PackageFault | undefined {
    const taken = [...this.executions.values()].some(({ running, holdsExcel }) => running && holdsExcel);
    execution.holdsExcel = !taken;
    return taken ? new PackageFault('DMF2039: Unable to obtain Excel file lock.') : undefined;
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

/** @throws Refusal where a package with a composite entity is not imported as one */
function requireOneComposite(composites: number, { overwrite }: ImportRequest): void {
  if (composites > 1) throw badRequest('A package may hold one composite entity only.');
  if (overwrite === undefined || overwrite === (composites === 0)) return;
  const held = composites === 0 ? 'no composite entity' : 'a composite entity';
  throw badRequest(`The parameter overwrite must be ${composites === 0}: the package holds ${held}.`);
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
