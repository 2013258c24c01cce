import { randomUUID } from 'node:crypto';
import { badRequest } from '../refusals.js';
import { Execution } from './execution.js';
import { JobTable } from './job-table.js';
import type { DataManagementOptions } from './options.js';
import { PackageFault } from './package/index.js';
import type { Store } from '../../store/index.js';

/** All executions of data projects that there is a history of. */
export class Executions {
  private readonly byId = new Map<string, Execution>();
  private readonly jobs: JobTable;

  constructor(
    store: Store,
    private readonly options: DataManagementOptions,
    private readonly now: () => number,
  ) {
    this.jobs = new JobTable(store);
  }

  find(id: string): Execution | undefined {
    return this.byId.get(id);
  }

  /** @param id one is made where it is empty @throws Refusal where the id is taken, or another import is in the way */
  begin(group: string, id: string, kind: Execution['kind']): Execution {
    if (id !== '' && this.byId.has(id)) throw badRequest(`The execution ${id} exists already.`);
    const overlapping = this.running.some(({ group: other }) => other === group);
    if (kind === 'Import' && overlapping && !this.options.parallelPackageImport) {
      throw badRequest(`DMF2025: Another import of the data project ${group} is under way.`);
    }
    const execution = new Execution(id || `${group}-${this.newId()}`, group, kind);
    this.byId.set(execution.id, execution);
    return execution;
  }

  /** One that was only queued is not known at once; one that the caller waited for is, unless an option says otherwise. */
  queued(execution: Execution, synchronous: boolean): void {
    execution.unknownFor = this.options.packageUnknownFor ?? (synchronous ? 0 : 1);
  }

  /** Shows to OData how far it has come. */
  save(execution: Execution): void {
    this.jobs.save(execution);
  }

  /** Deletes its history; that of one under way stays. @returns whether there is none any more */
  forget(id: string): boolean {
    const execution = this.byId.get(id);
    if (!execution || execution.running) return false;
    this.jobs.remove(execution);
    return this.byId.delete(id);
  }

  /** One execution at a time may read or write workbooks. @returns why this one may not */
  lockExcel(execution: Execution): PackageFault | undefined {
    const taken = this.running.some(({ holdsExcel }) => holdsExcel);
    execution.holdsExcel = !taken;
    return taken ? new PackageFault('DMF2039: Unable to obtain Excel file lock.') : undefined;
  }

  /** Everything under way ends where it is. */
  close(): void {
    for (const execution of this.byId.values()) execution.running = false;
  }

  private get running(): Execution[] {
    return [...this.byId.values()].filter(({ running }) => running);
  }

  private newId(): string {
    return this.options.executionIds === 'timestamp' ? new Date(this.now()).toISOString() : randomUUID();
  }
}
