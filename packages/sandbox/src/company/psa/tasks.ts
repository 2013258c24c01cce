import { contractOf, placeOfTask } from '../belonging.js';
import { at, audit } from '../calendar.js';
import type { Context, RowMaker } from '../context.js';
import { rateDigits } from '../currencies.js';
import { baseDigits, digits, fromBase, unitsPerOne } from '../money.js';
import { dice } from '../random.js';
import { consulting } from '../vocabulary.js';
import { wbs } from './wbs.js';

/** Hourly rates in the base currency. */
const costRate = 60;
const salesRate = 110;

/** Project tasks; only those that somebody works on have an effort, a category and amounts. */
export function taskRow({ plan, id, currencyId, projectCurrency, startOf, unitOf }: Context): RowMaker {
  const effort = dice(plan.seed, 'msdyn_projecttask.effort');
  return (index) => {
    const { project, node } = placeOfTask(index);
    const { wbsId, subject, parent, kind } = wbs[node] ?? wbs[0];
    const currency = projectCurrency(project);
    const start = startOf(project) + node;
    const days = kind === 'work' || kind === 'line' ? 1 + (effort(index) % 10) : 0;
    const cost = fromBase(days * 8 * costRate * unitsPerOne, currency);
    const sales = fromBase(days * 8 * salesRate * unitsPerOne, currency);
    return {
      msdyn_projecttaskid: id('msdyn_projecttask', index),
      msdyn_subject: subject,
      msdyn_wbsid: wbsId,
      msdyn_islinetask: kind === 'line',
      msdyn_ismilestone: kind === 'milestone',
      msdyn_autoscheduling: true,
      msdyn_scheduledstart: at(start, '09'),
      msdyn_scheduledend: at(start + Math.max(days - 1, 0), '17'),
      msdyn_duration: days,
      msdyn_effort: days * 8,
      exchangerate: rateDigits(currency),
      msdyn_plannedcost: digits(cost),
      msdyn_plannedcost_base: baseDigits(cost, currency),
      msdyn_plannedsales: digits(sales),
      msdyn_plannedsales_base: baseDigits(sales, currency),
      _transactioncurrencyid_value: currencyId(currency),
      _msdyn_project_value: id('msdyn_project', project),
      _msdyn_parenttask_value: parent === null ? null : id('msdyn_projecttask', index - node + parent),
      _msdyn_transactioncategory_value: days === 0 ? null : id('msdyn_transactioncategory', consulting),
      _msdyn_resourceorganizationalunitid_value: id(
        'msdyn_organizationalunit',
        unitOf(contractOf(plan, project)).index,
      ),
      statecode: 0,
      statuscode: 1,
      ...audit(startOf(project) - 2, startOf(project)),
    };
  };
}
