import { placeOfLine, placeOfMilestone } from '../belonging.js';
import { at, audit } from '../calendar.js';
import type { Context, RowMaker } from '../context.js';
import { rateDigits } from '../currencies.js';
import { baseDigits, digits, unitsPerOne, type Units } from '../money.js';
import { choices } from '../choices.js';

/** Whole currency units each; the last one takes what is left, so that the milestones add up to their line. */
function share(value: Units, sequence: number, of: number): Units {
  const even = Math.floor(value / of / unitsPerOne) * unitsPerOne;
  return sequence < of ? even : value - even * (of - 1);
}

/** Milestones of the fixed-price contract lines, a month apart. */
export function milestoneRow({ plan, id, currencyId, contractCurrency, lineValue, startOf }: Context): RowMaker {
  return (index) => {
    const { line, sequence, of } = placeOfMilestone(plan, index);
    const { project, order } = placeOfLine(plan, line);
    const currency = contractCurrency(order);
    const amount = share(lineValue(line), sequence, of);
    const value = digits(amount);
    const valueBase = baseDigits(amount, currency);
    const lineId = id('salesorderdetail', line);
    return {
      msdyn_contractlinescheduleofvalueid: id('msdyn_contractlinescheduleofvalue', index),
      msdyn_name: `Milestone ${sequence} of ${of}`,
      msdyn_contractline: lineId,
      msdyn_invoicedate: at(startOf(project) + 30 * sequence),
      msdyn_invoicestatus: choices.notReadyForInvoicing,
      msdyn_transactionclassification: choices.milestone,
      msdyn_transactiontypecode: choices.projectContract,
      exchangerate: rateDigits(currency),
      msdyn_amount: value,
      msdyn_amount_base: valueBase,
      msdyn_price: value,
      msdyn_price_base: valueBase,
      msdyn_amount_after_tax: value,
      msdyn_amount_after_tax_base: valueBase,
      _transactioncurrencyid_value: currencyId(currency),
      _msdyn_contract_value: id('salesorder', order),
      _msdyn_contractlineid_value: lineId,
      _msdyn_project_value: id('msdyn_project', project),
      statecode: 0,
      statuscode: 1,
      ...audit(startOf(project) - 3, startOf(project)),
    };
  };
}
