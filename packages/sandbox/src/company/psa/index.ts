import type { Context, RowMaker, Table } from '../context.js';
import { followedBy, listed, made } from '../sources.js';
import type { RowSource } from '../types.js';
import { awkwardRowsOf, type HealthyRows } from '../awkward/index.js';
import { actualRow } from './actuals.js';
import { connectionRow } from './connections.js';
import { accountRow, contactRow } from './customers.js';
import { estimateRow } from './estimates.js';
import { lineRow } from './lines.js';
import { categoryRows, currencyRows, roleRows, unitRows, userRoleRows, userRows } from './master-data.js';
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
  const many = (row: RowMaker, count: number, table: Table): RowSource =>
    made(row, count, (index) => context.id(table, index));
  const withAwkward = (set: keyof HealthyRows, count: number, table: Table): [string, RowSource] => [
    set,
    followedBy(awkwardRowsOf(set, healthy, context), many(healthy[set], count, table)),
  ];

  return new Map<string, RowSource>([
    ['systemusers', listed(userRows(context))],
    ['transactioncurrencies', listed(currencyRows(context))],
    ['msdyn_organizationalunits', listed(unitRows(context))],
    ['msdyn_transactioncategories', listed(categoryRows(context))],
    withAwkward('accounts', plan.accounts, 'account'),
    ['contacts', many(contactRow(context), plan.contacts, 'contact')],
    withAwkward('salesorders', plan.orders, 'salesorder'),
    withAwkward('msdyn_projects', plan.projects, 'msdyn_project'),
    withAwkward('salesorderdetails', plan.lines, 'salesorderdetail'),
    withAwkward('msdyn_contractlinescheduleofvalues', plan.milestones, 'msdyn_contractlinescheduleofvalue'),
    withAwkward('msdyn_projecttasks', plan.tasks, 'msdyn_projecttask'),
    ['msdyn_estimatelines', many(estimateRow(context), 2 * plan.estimatePairs, 'msdyn_estimateline')],
    withAwkward('msdyn_actuals', 2 * plan.actualPairs + plan.costOnlyActuals, 'msdyn_actual'),
    [
      'msdyn_transactionconnections',
      many(connectionRow(context), plan.estimatePairs + plan.actualPairs, 'msdyn_transactionconnection'),
    ],
    ['roles', listed(roleRows(context))],
    ['systemuserrolescollection', listed(userRoleRows(context))],
  ]);
}
