import { contractedProject, contractOf } from '../belonging.js';
import { at, audit } from '../calendar.js';
import type { Context, RowMaker } from '../context.js';
import { fromBase, unitsPerOne } from '../money.js';
import { dice } from '../random.js';
import { choices } from '../choices.js';
import { belonging, drawWork, salesPrice, valued } from './transactions.js';

/** Estimate lines in pairs: even ones are the cost (currency of the unit), odd ones its sales (currency of the contract). */
export function estimateRow(context: Context): RowMaker {
  const { plan, id, currencyId, projectCurrency, startOf, unitOf } = context;
  const draw = dice(plan.seed, 'msdyn_estimateline.work');
  return (index) => {
    const pair = Math.floor(index / 2);
    const isCost = index % 2 === 0;
    const project = contractedProject(pair % plan.workedProjects);
    const work = drawWork(draw(pair), pair % 3 !== 0);
    const unit = unitOf(contractOf(plan, project));
    const currency = isCost ? unit.unit.currency : projectCurrency(project);
    const price = fromBase((isCost ? work.cost : salesPrice(work)) * unitsPerOne, currency);
    const date = startOf(project) + (pair % 20);
    return {
      msdyn_estimatelineid: id('msdyn_estimateline', index),
      msdyn_description: work.description,
      msdyn_accountingdate: at(date),
      msdyn_documentdate: at(date),
      msdyn_startdatetime: at(date, '09'),
      msdyn_enddatetime: at(date, '17'),
      msdyn_transactionclassification: work.classification,
      msdyn_transactiontypecode: isCost ? choices.cost : choices.unbilledSales,
      msdyn_billingtype: choices.chargeable,
      msdyn_amountmethod: choices.quantityTimesPrice,
      ...valued(work, price, currency),
      ...belonging(context, project, pair),
      _transactioncurrencyid_value: currencyId(currency),
      _msdyn_transactioncategory_value: id('msdyn_transactioncategory', work.category),
      _msdyn_resourceorganizationalunitid_value: id('msdyn_organizationalunit', unit.index),
      statecode: 0,
      statuscode: 1,
      ...audit(startOf(project) - 1),
    };
  };
}
