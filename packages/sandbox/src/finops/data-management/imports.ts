import { setTimeout as delay } from 'node:timers/promises';
import { accessDenied, badRequest } from '../refusals.js';
import type { User } from '../users.js';
import { modelsOf, type DataEntity } from './data-entities.js';
import { EntityJob, type Execution } from './execution.js';
import { importAll, stageAll, Troubles, type ImportEntity, type Target } from './import/index.js';
import { isExcel, PackageFault, type DataPackage } from './package/index.js';
import { opened, requireCompany, type Workspace } from './workspace.js';

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
  readonly user: User;
}

/** Packages on their way into the staging tables, and from there to the entities. */
export class Imports {
  private readonly troubles: Troubles;

  constructor(private readonly workspace: Workspace) {
    const { packageTroubles = [], packageDelayMs = 0 } = workspace.options;
    this.troubles = new Troubles(packageTroubles, packageDelayMs);
  }

  /** @throws Refusal, where F&O does not even start */
  fromPackage(bytes: Uint8Array, request: ImportRequest): Execution {
    return this.from(opened(this.workspace, bytes), request);
  }

  /** @throws Refusal */
  from(source: DataPackage, request: ImportRequest): Execution {
    const { executionId, company, synchronous, user } = request;
    const { manifest } = source;
    const { entities, projects, executions } = this.workspace;
    requireCompany(this.workspace, company, user);
    // The company of the import is the current one, also for rows that belong to none.
    const target = { ...this.workspace.target, user: { ...user, company: company.toLowerCase() } };
    const described = manifest.entities.map((each) => ({ described: each, entity: entities.find(each.entityName) }));
    requireOneComposite(described.filter(({ entity }) => entity.composite).length, request);
    const group = request.group || manifest.definitionGroup;
    if (!projects.has(group)) projects.make(group, 'Import', manifest);
    const execution = executions.begin(group, executionId, 'Import');
    const enabled = described.filter((item) => !item.described.disabled);
    const locked = enabled.some((item) => isExcel(item.described.format)) ? executions.lockExcel(execution) : undefined;
    const items = enabled.map((item): ImportEntity => {
      const { schema } = item.entity.root.table;
      const job = new EntityJob(
        item.entity.label,
        schema.key.map(({ name }) => name),
      );
      execution.jobs.push(job);
      const fault = withheldFrom(user, item.entity) ?? (isExcel(item.described.format) ? locked : undefined);
      return { ...item, job, ...(fault && { fault }) };
    });
    executions.save(execution);
    executions.queued(execution, synchronous);
    const stage = (): void => stageAll(source, items, target, company.toLowerCase());
    if (synchronous) stage();
    execution.finished = this.carryOut(execution, items, {
      ...request,
      target,
      stage: synchronous ? undefined : stage,
    });
    return execution;
  }

  private async carryOut(
    execution: Execution,
    items: readonly ImportEntity[],
    { execute, stage, target }: ImportRequest & { target: Target; stage: (() => void) | undefined },
  ): Promise<void> {
    const { executions, options } = this.workspace;
    const report = (): void => executions.save(execution);
    await delay(0, undefined, { ref: false });
    stage?.();
    report();
    if (execute) {
      await delay(options.packageDelayMs ?? 0, undefined, { ref: false });
      execution.onTarget = true;
      await importAll({ execution, target, troubles: this.troubles, report }, items);
    } else execution.notExecuted = true;
    execution.running = false;
    report();
  }
}

/** No role of the user opens the entity, or one embedded in it: nothing of its file is read. */
function withheldFrom({ withheld }: User, { root }: DataEntity): PackageFault | undefined {
  const model = modelsOf(root).find((each) => withheld.has(each));
  return model && new PackageFault(accessDenied(model).message);
}

/** @throws Refusal where a package with a composite entity is not imported as one */
function requireOneComposite(composites: number, { overwrite }: ImportRequest): void {
  if (composites > 1) throw badRequest('A package may hold one composite entity only.');
  if (overwrite === undefined || overwrite === (composites === 0)) return;
  const held = composites === 0 ? 'no composite entity' : 'a composite entity';
  throw badRequest(`The parameter overwrite must be ${composites === 0}: the package holds ${held}.`);
}
