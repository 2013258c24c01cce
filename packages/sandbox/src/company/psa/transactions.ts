import { contractOf, taskOf } from '../belonging.js';
import type { Context } from '../context.js';
import { rateDigits, type Currency } from '../currencies.js';
import { digits, rounded, toBase, unitsPerOne, type Units } from '../money.js';
import type { Row } from '../types.js';
import { categoryNames, consulting } from '../vocabulary.js';
import { choices } from '../choices.js';
import { workNodes } from './wbs.js';

/** What estimate lines and actuals have in common. */

export interface Work {
  category: number;
  classification: number;
  description: string;
  /** Hundredths: quarter hours, or pieces. */
  quantity: number;
  /** Whole units of the base currency. */
  cost: number;
}

/** Hours, or one expense, drawn from a roll. */
export function drawWork(roll: number, isExpense: boolean): Work {
  const category = isExpense ? (roll >>> 4) % consulting : consulting;
  return {
    category,
    classification: isExpense ? choices.expense : choices.time,
    description: isExpense ? (categoryNames[category] ?? '') : 'Consulting hours',
    quantity: isExpense ? 100 : 100 + 25 * ((roll >>> 8) % 29),
    cost: isExpense ? 15 + ((roll >>> 8) % 900) : 50 + ((roll >>> 16) % 40),
  };
}

/** Sales prices add a margin to hours; expenses are passed on as they are. */
export const salesPrice = ({ classification, cost }: Work): number =>
  classification === choices.expense ? cost : Math.round(cost * 1.8);

/** Quantity, price and amount, with the exchange rate that leads to the base currency. */
export function valued(work: Work, price: Units, currency: Currency): Row {
  const amount = rounded((work.quantity * price) / 100, currency);
  return {
    msdyn_quantity: digits(work.quantity * (unitsPerOne / 100)).slice(0, -2),
    exchangerate: rateDigits(currency),
    msdyn_price: digits(price),
    msdyn_price_base: digits(toBase(price, currency)),
    msdyn_amount: digits(amount),
    msdyn_amount_base: digits(toBase(amount, currency)),
  };
}

/** Lookups of a transaction on a project; `nth` spreads transactions over the project's tasks. */
export function belonging({ plan, id, customerOf }: Context, project: number, nth: number): Row {
  const customer = customerOf(contractOf(plan, project));
  const task = taskOf(plan, project, workNodes[nth % workNodes.length] ?? 0);
  const isAccount = customer.table === 'account';
  return {
    msdyn_customertype: isAccount ? choices.accountCustomer : choices.contactCustomer,
    _msdyn_project_value: id('msdyn_project', project),
    _msdyn_task_value: task === undefined ? null : id('msdyn_projecttask', task),
    _msdyn_accountcustomer_value: isAccount ? id('account', customer.index) : null,
    _msdyn_contactcustomer_value: isAccount ? null : id('contact', customer.index),
  };
}
