import { setTimeout as delay } from 'node:timers/promises';
import { badRequest } from '../refusals.js';
import { requireAccess } from '../security.js';
import type { User } from '../users.js';
import { modelsOf } from './data-entities.js';
import { EntityJob, type Execution } from './execution.js';
import { exportRows, type Exported } from './export-rows.js';
import { isExcel, PackageFault, writePackage, type ExportedEntity } from './package/index.js';
import { attempted, opened, requireCompany, type Workspace } from './workspace.js';
import type { ProjectEntity } from './projects.js';

export interface ExportOrder {
  readonly group: string;
  readonly executionId: string;
  readonly packageName: string;
  readonly company: string;
  readonly limit: number;
  /** Only what has changed since this project's last run, whatever the project says. */
  readonly delta: boolean;
  /** The caller waits until the export has begun. */
  readonly synchronous: boolean;
  /** An export of the project under this id may be there, and is replaced. */
  readonly reExecute: boolean;
  readonly user: User;
}

/** What decides about the rows of an export. */
type RowsOrder = Pick<ExportOrder, 'group' | 'company' | 'limit' | 'delta'>;

/** What an export gives out, and the versions of those rows by project, entity and company. */
interface Readout {
  readonly entities: readonly ExportedEntity[];
  readonly given: ReadonlyMap<string, Exported>;
}

/** An export whose project is described by the manifest of a package. */
export interface TemplateOrder {
  readonly group: string;
  readonly executionId: string;
  readonly company: string;
  /** Export, and not only make the project. */
  readonly execute: boolean;
  /** A project that is there gets the entities of the manifest. */
  readonly overwrite: boolean;
  readonly user: User;
}

/** What data projects give out, as packages. */
export class Exports {
  private readonly exported = new Map<string, Exported>();

  constructor(private readonly workspace: Workspace) {}

  /** @throws Refusal */
  toPackage(order: ExportOrder): Execution {
    const { group, executionId, packageName } = order;
    if (!this.workspace.projects.has(group)) throw badRequest(`The data project ${group} does not exist.`);
    const project = this.workspace.projects.entitiesOf(group);
    this.requireAllowed(project, order);
    if (order.reExecute) this.forget(group, executionId);
    const execution = this.workspace.executions.begin(group, executionId, 'Export');
    this.workspace.executions.queued(execution, order.synchronous);
    for (const { entityName } of project) execution.jobs.push(new EntityJob(entityName, []));
    try {
      const locked = project.some(({ format }) => isExcel(format))
        ? this.workspace.executions.lockExcel(execution)
        : undefined;
      if (locked) throw locked;
      const readout = this.read(project, order);
      for (const job of execution.jobs) job.exporting();
      void this.build(execution, () => {
        for (const [index, { count }] of readout.entities.entries()) execution.jobs[index]?.exported(count);
        return this.keep(packageName, order, readout);
      });
    } catch (fault) {
      if (!(fault instanceof PackageFault)) throw fault;
      for (const job of execution.jobs) job.refuse('staging', fault);
      void this.build(execution, () => '');
    }
    return execution;
  }

  /** Exports what the manifest of a package names, in the formats that it names. @throws Refusal */
  fromTemplate(bytes: Uint8Array, order: TemplateOrder): Execution {
    const { manifest } = opened(this.workspace, bytes);
    const { executionId, execute, overwrite } = order;
    const group = order.group || manifest.definitionGroup;
    this.requireAllowed(manifest.entities, order);
    if (!this.workspace.projects.has(group)) this.workspace.projects.make(group, 'Export', manifest);
    else if (overwrite) {
      this.workspace.projects.removeEntities(group);
      this.workspace.projects.addEntities(group, manifest.entities);
    }
    if (execute)
      return this.toPackage({
        ...order,
        group,
        packageName: `${group}.zip`,
        limit: Infinity,
        delta: false,
        synchronous: true,
        reExecute: false,
      });
    const execution = this.workspace.executions.begin(group, executionId, 'Export');
    execution.notExecuted = true;
    execution.running = false;
    return execution;
  }

  /** File with what has changed in an export project since it was last asked for; undefined where nothing has. */
  changed(group: string, company: string): string | undefined {
    const order = { group, company, limit: Infinity, delta: true };
    const readout = attempted(() => this.read(this.workspace.projects.entitiesOf(group), order));
    if (readout.entities.every(({ count }) => count === 0)) return undefined;
    return this.keep(`${group}.zip`, order, readout);
  }

  /** The entities and the company must be there, and the user allowed to read them. @throws Refusal */
  requireAllowed(
    project: readonly Pick<ProjectEntity, 'entityName'>[],
    { company, user }: Pick<ExportOrder, 'company' | 'user'>,
  ): void {
    requireCompany(this.workspace, company, user);
    for (const { entityName } of project)
      for (const model of modelsOf(this.workspace.entities.find(entityName).root)) requireAccess({ user }, { model });
  }

  /** The next export of a project gives out everything again. */
  resetVersions(group: string): void {
    for (const key of this.exported.keys()) if (key.startsWith(`${group}\n`)) this.exported.delete(key);
  }

  /** The history of an export of this project, and of no other execution. */
  private forget(group: string, id: string): void {
    const former = this.workspace.executions.find(id);
    if (former?.group === group && former.kind === 'Export') this.workspace.executions.forget(id);
  }

  /** @throws PackageFault */
  private read(project: readonly ProjectEntity[], { group, company, limit, delta }: RowsOrder): Readout {
    const given = new Map<string, Exported>();
    const entities = project.map(({ entityName, incremental, format, placing }) => {
      const request = { company: company.toLowerCase(), limit, format, placing };
      const entity = this.workspace.entities.find(entityName);
      if (!delta && !incremental) return exportRows(entity, request);
      const key = [group, entityName, request.company].join('\n');
      const tracked = { before: this.exported.get(key) ?? new Map<number, string>(), given: new Map<number, string>() };
      given.set(key, tracked.given);
      return exportRows(entity, { ...request, tracked });
    });
    return { entities, given };
  }

  /** Builds the package, and only then remembers what is in it; of a preview nothing. @returns the name of its file */
  private keep(packageName: string, { group, limit }: RowsOrder, { entities, given }: Readout): string {
    const file = this.workspace.blobs.keep(packageName, writePackage(group, entities));
    if (limit < Infinity) return file;
    for (const [key, versions] of given)
      this.exported.set(key, new Map([...(this.exported.get(key) ?? []), ...versions]));
    return file;
  }

  private async build(execution: Execution, work: () => string): Promise<void> {
    this.workspace.executions.save(execution);
    await delay(this.workspace.options.packageDelayMs ?? 0, undefined, { ref: false });
    execution.packageFile = work();
    execution.running = false;
    this.workspace.executions.save(execution);
  }
}
