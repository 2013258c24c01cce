import type { RunningSandbox } from '@isthmus/sandbox';
import { Service, type Row } from './service.js';

export const finopsOf = (sandbox: RunningSandbox): Service => new Service(`${sandbox.finops.url}/data/`, sandbox);

/** Where contracts, projects, lines and milestones arrive, in this order, and what F&O makes of them. */
export const COLLECTIONS = [
  'ProjCDSProjectContracts',
  'ProjCDSProjects',
  'ProjCDSContractLineImports',
  'ProjCDSContractLineMilestoneImports',
] as const;
export type Collection = (typeof COLLECTIONS)[number];
const RESULTS = ['ProjBillingRules', 'ProjBillingRuleMilestones'] as const;

/** Rows of all legal entities. */
export const tableOf = (sandbox: RunningSandbox, collection: string): Promise<Row[]> =>
  finopsOf(sandbox).rows(`${collection}?cross-company=true`);

/** Everything that a run may have written, without what differs from one writing to the next (etags). */
export async function wholeTables(sandbox: RunningSandbox): Promise<Record<string, string[]>> {
  const tables = await Promise.all(
    [...COLLECTIONS, ...RESULTS].map(async (collection) => {
      const rows = await tableOf(sandbox, collection);
      return [collection, rows.map(({ '@odata.etag': _etag, ...row }) => JSON.stringify(row)).sort()] as const;
    }),
  );
  return Object.fromEntries(tables);
}

/** A row's address. */
export const finopsPath = (collection: string, key: Readonly<Record<string, string>>): string =>
  `${collection}(${Object.entries(key)
    .map(([name, value]) => `${name}='${value}'`)
    .join(',')})?cross-company=true`;
