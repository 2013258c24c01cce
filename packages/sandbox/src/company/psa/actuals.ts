import {
  contractOf,
  firstLineOf,
  fixedPriceAmong,
  fixedPriceProject,
  timeAndMaterialAmong,
  timeAndMaterialProject,
} from '../belonging.js';
import type { Blueprint } from '../blueprint.js';
import { at, audit } from '../calendar.js';
import type { Context, RowMaker } from '../context.js';
import { fromBase, unitsPerOne } from '../money.js';
import { dice } from '../random.js';
import { choices } from '../choices.js';
import { belonging, drawWork, salesPrice, valued } from './transactions.js';

/** One in ten is not charged, one in ten is a gift. */
function billingTypeOf(work: number): number {
  if (work % 10 === 8) return choices.nonChargeable;
  return work % 10 === 9 ? choices.complimentary : choices.chargeable;
}

/** Approved time or expense; the project that it was booked on says how it is billed. */
function projectOf(plan: Blueprint, work: number): number {
  const costOnly = work - plan.actualPairs;
  return costOnly < 0
    ? timeAndMaterialProject(work % timeAndMaterialAmong(plan.workedProjects))
    : fixedPriceProject(costOnly % fixedPriceAmong(plan.workedProjects));
}

/**
 * Actuals as approval makes them: on time-and-material projects a cost (currency of the contracting unit) and an unbilled sale
 * (currency of the contract); after all the pairs, on fixed-price projects, the cost alone.
 */
export function actualRow(context: Context): RowMaker {
  const { plan, id, currencyId, projectCurrency, startOf, unitOf } = context;
  const draw = dice(plan.seed, 'msdyn_actual.work');
  return (index) => {
    const isPaired = index < 2 * plan.actualPairs;
    const nth = isPaired ? Math.floor(index / 2) : index - plan.actualPairs;
    const isCost = !isPaired || index % 2 === 0;
    const project = projectOf(plan, nth);
    const order = contractOf(plan, project);
    const work = drawWork(draw(nth), nth % 4 === 3);
    const unit = unitOf(order);
    const currency = isCost ? unit.unit.currency : projectCurrency(project);
    const price = fromBase((isCost ? work.cost : salesPrice(work)) * unitsPerOne, currency);
    const date = startOf(project) + (nth % 60);
    const line = id('salesorderdetail', firstLineOf(project));
    const unitId = id('msdyn_organizationalunit', unit.index);
    return {
      msdyn_actualid: id('msdyn_actual', index),
      msdyn_description: work.description,
      msdyn_accountingdate: at(date),
      msdyn_documentdate: at(date),
      msdyn_startdatetime: at(date, '09'),
      msdyn_enddatetime: at(date, '17'),
      msdyn_exchangeratedate: at(date),
      msdyn_transactionclassification: work.classification,
      msdyn_transactiontypecode: isCost ? choices.cost : choices.unbilledSales,
      msdyn_billingtype: billingTypeOf(nth),
      msdyn_billingstatus: isCost ? null : choices.unbilled,
      msdyn_amountmethod: choices.quantityTimesPrice,
      msdyn_isjournalized: false,
      ...valued(work, price, currency),
      msdyn_salescontractline: line,
      ...belonging(context, project, nth),
      _transactioncurrencyid_value: currencyId(currency),
      _msdyn_transactioncategory_value: id('msdyn_transactioncategory', work.category),
      _msdyn_salescontract_value: id('salesorder', order),
      _msdyn_salescontractlineid_value: line,
      _msdyn_contractorganizationalunitid_value: unitId,
      _msdyn_resourceorganizationalunitid_value: unitId,
      statecode: 0,
      statuscode: 1,
      ...audit(date + 1),
    };
  };
}
