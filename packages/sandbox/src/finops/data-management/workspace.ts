import { badRequest } from '../refusals.js';
import { requireCompanyOf } from '../security.js';
import type { User } from '../users.js';
import type { Blobs } from './blobs.js';
import type { DataEntities } from './data-entities.js';
import type { Executions } from './executions.js';
import type { Target } from './import/index.js';
import type { DataManagementOptions } from './options.js';
import { PackageFault, readPackage, type DataPackage } from './package/index.js';
import type { DataProjects } from './projects.js';

/** The data management workspace: what imports and exports share. */
export interface Workspace {
  readonly target: Target;
  readonly options: DataManagementOptions;
  readonly blobs: Blobs;
  readonly entities: DataEntities;
  readonly executions: Executions;
  readonly projects: DataProjects;
}

/** The company must be there, and the user allowed into it. @throws Refusal */
export function requireCompany({ target }: Workspace, company: string, user: User): void {
  const lower = company.toLowerCase();
  if (!target.store.table('LegalEntities')?.byKey(lower))
    throw badRequest(`The legal entity '${company}' does not exist.`);
  requireCompanyOf(user, lower);
}

/** A package that cannot be read at all is refused before anything is made of it. @throws Refusal */
export const opened = ({ options }: Workspace, bytes: Uint8Array): DataPackage =>
  attempted(() => readPackage(bytes, options.manifestOrder));

/** @throws Refusal */
export function attempted<T>(work: () => T): T {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof PackageFault) throw badRequest(fault.message);
    throw fault;
  }
}
