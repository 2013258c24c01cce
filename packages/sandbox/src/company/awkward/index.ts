import { psaModel } from '../../model/index.js';
import type { Context } from '../context.js';
import type { Row } from '../types.js';
import { awkwardAccounts } from './accounts.js';
import { awkwardActuals } from './actuals.js';
import type { AwkwardRow, AwkwardSet, HealthyRows } from './case.js';
import { awkwardLines } from './lines.js';
import { awkwardMilestones } from './milestones.js';
import { awkwardOrders } from './orders.js';
import { awkwardProjects } from './projects.js';
import { awkwardTasks } from './tasks.js';

export type { AwkwardRow, AwkwardSet, HealthyRows } from './case.js';

const cases = [
  ...awkwardAccounts,
  ...awkwardOrders,
  ...awkwardProjects,
  ...awkwardLines,
  ...awkwardMilestones,
  ...awkwardTasks,
  ...awkwardActuals,
];

/** The awkward rows of the sample company: the same handful for every seed and scale. */
export const awkwardRows: readonly AwkwardRow[] = cases.map(({ set, id, what }) => ({ set, id, what }));

export function awkwardRowsOf(set: AwkwardSet, healthy: HealthyRows, context: Context): Row[] {
  const key = psaModel.find((entity) => entity.set === set)?.primaryKey[0] ?? '';
  return cases.filter((one) => one.set === set).map(({ id, make }) => ({ ...make(healthy, context), [key]: id }));
}
