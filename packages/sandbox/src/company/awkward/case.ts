import type { Context, RowMaker } from '../context.js';
import type { Row } from '../types.js';

/** A row such as real tenants have and integrations stumble over. */
export interface AwkwardRow {
  /** PSA entity set. */
  set: AwkwardSet;
  /** Primary key; the same for every seed and scale. */
  id: string;
  what: string;
}

/** Sets that have awkward rows. */
export type AwkwardSet =
  | 'accounts'
  | 'salesorders'
  | 'msdyn_projects'
  | 'salesorderdetails'
  | 'msdyn_contractlinescheduleofvalues'
  | 'msdyn_projecttasks'
  | 'msdyn_actuals';

export type HealthyRows = Record<AwkwardSet, RowMaker>;

export interface AwkwardCase extends AwkwardRow {
  /** The row without its key, made from healthy ones. */
  make: (healthy: HealthyRows, context: Context) => Row;
}

export const awkwardId = (number: number): string => `a0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** No row has this id. */
export const missingId = awkwardId(999);
