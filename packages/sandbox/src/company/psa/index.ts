import type { Context, RowMaker } from '../context.js';
import type { RowSource } from '../types.js';
import { awkwardRowsOf, type HealthyRows } from '../awkward/index.js';
import { actualRow } from './actuals.js';
import { connectionRow } from './connections.js';
import { accountRow, contactRow } from './customers.js';
import { estimateRow } from './estimates.js';
import { lineRow } from './lines.js';
import { categoryRows, currencyRows, unitRows, userRows } from './master-data.js';
import { milestoneRow } from './milestones.js';
import { orderRow } from './orders.js';
import { projectRow } from './projects.js';
import { taskRow } from './tasks.js';

/** What Project Service Automation holds: by set, the healthy rows and then the awkward ones. */
export function psaRows(context: Context): Map<string, RowSource> {
  const { plan } = context;
  const healthy = {
    accounts: accountRow(context),
    salesorders: orderRow(context),
    msdyn_projects: projectRow(context),
    salesorderdetails: lineRow(context),
    msdyn_contractlinescheduleofvalues: milestoneRow(context),
    msdyn_projecttasks: taskRow(context),
    msdyn_actuals: actualRow(context),
  } satisfies HealthyRows;
  const withAwkward = (set: keyof HealthyRows, count: number): [string, RowSource] => [
    set,
    function* () {
      yield* generate(healthy[set], count);
      yield* awkwardRowsOf(set, healthy, context);
    },
  ];
  const plain = (set: string, row: RowMaker, count: number): [string, RowSource] => [set, () => generate(row, count)];

  return new Map<string, RowSource>([
    ['systemusers', () => userRows(context)],
    ['transactioncurrencies', () => currencyRows(context)],
    ['msdyn_organizationalunits', () => unitRows(context)],
    ['msdyn_transactioncategories', () => categoryRows(context)],
    withAwkward('accounts', plan.accounts),
    plain('contacts', contactRow(context), plan.contacts),
    withAwkward('salesorders', plan.orders),
    withAwkward('msdyn_projects', plan.projects),
    withAwkward('salesorderdetails', plan.lines),
    withAwkward('msdyn_contractlinescheduleofvalues', plan.milestones),
    withAwkward('msdyn_projecttasks', plan.tasks),
    plain('msdyn_estimatelines', estimateRow(context), 2 * plan.estimatePairs),
    withAwkward('msdyn_actuals', 2 * plan.actualPairs + plan.costOnlyActuals),
    plain('msdyn_transactionconnections', connectionRow(context), plan.estimatePairs + plan.actualPairs),
  ]);
}

function* generate(row: RowMaker, count: number) {
  for (let index = 0; index < count; index++) yield row(index);
}
