import { isItemOrder, linesOf } from '../belonging.js';
import { audit, day } from '../calendar.js';
import type { Context, RowMaker } from '../context.js';
import { rateDigits } from '../currencies.js';
import { baseDigits, digits, fromBase, unitsPerOne, type Units } from '../money.js';
import { accountNames, addresses } from '../parties.js';
import { autoNumbers, dice, pick } from '../random.js';
import { projectKinds } from '../vocabulary.js';
import { choices } from '../choices.js';
import { users } from './master-data.js';

/** Orders: project contracts, and some that sell goods. */
export function orderRow(context: Context): RowMaker {
  const { plan, id, currencyId, contractCurrency, customerOf, unitOf } = context;
  const numberOf = autoNumbers(plan.seed, 'ORD');
  const customerName = accountNames(plan.seed);
  const addressOf = addresses(plan.seed, 'account');
  const kind = dice(plan.seed, 'salesorder.kind');
  const created = dice(plan.seed, 'salesorder.created');
  const terms = dice(plan.seed, 'salesorder.terms');
  const valueOf = orderValues(context);

  return (index) => {
    const customer = customerOf(index);
    const currency = contractCurrency(index);
    const address = addressOf(customer.account);
    const createdOn = 2 + (created(index) % 190);
    const total = valueOf(index);
    return {
      salesorderid: id('salesorder', index),
      name: `${customerName(customer.account)}: ${pick(projectKinds, kind(index))}`,
      ordernumber: numberOf(index),
      msdyn_ordertype: isItemOrder(index) ? choices.itemBased : choices.workBased,
      msdyn_psastate: choices.activeContract,
      msdyn_psastatusreason: choices.confirmedContract,
      paymenttermscode: 1 + (terms(index) % 4),
      ispricelocked: false,
      billto_line1: address.line1,
      billto_city: address.city,
      billto_stateorprovince: address.state || null,
      billto_postalcode: address.postalCode,
      billto_country: address.country,
      requestdeliveryby: day(createdOn + 180),
      exchangerate: rateDigits(currency),
      totallineitemamount: digits(total),
      totallineitemamount_base: baseDigits(total, currency),
      totalamount: digits(total),
      totalamount_base: baseDigits(total, currency),
      _customerid_value: id(customer.table, customer.index),
      _customerid_type: customer.table,
      _transactioncurrencyid_value: currencyId(currency),
      _msdyn_contractorganizationalunitid_value: id('msdyn_organizationalunit', unitOf(index).index),
      _msdyn_accountmanagerid_value: id('systemuser', index % users.length),
      statecode: 0,
      statuscode: 1,
      ...audit(createdOn, createdOn + (created(index) % 60)),
    };
  };
}

/** A contract is worth the sum of its lines; goods have no lines here. */
function orderValues({ plan, contractCurrency, lineValue }: Context): (order: number) => Units {
  const goods = dice(plan.seed, 'salesorder.goods');
  return (order) => {
    if (isItemOrder(order)) return fromBase((1 + (goods(order) % 90)) * 100 * unitsPerOne, contractCurrency(order));
    let total = 0;
    for (const line of linesOf(plan, order)) total += lineValue(line);
    return total;
  };
}
