import { currencies, rateDigits } from '../currencies.js';
import { awkwardId, missingId, type AwkwardCase } from './case.js';

type Make = AwkwardCase['make'];

const lineMissing: Make = ({ msdyn_contractlinescheduleofvalues }) => ({
  ...msdyn_contractlinescheduleofvalues(0),
  msdyn_name: 'Milestone of a lost line',
  msdyn_contractline: missingId,
  _msdyn_contractlineid_value: missingId,
});

/** Eighteen digits: more than binary floating point keeps. In the base currency, so that both amounts are the same. */
const manyDigits: Make = ({ msdyn_contractlinescheduleofvalues }, { currencyId }) => {
  const amount = '98765432109876.5433';
  return {
    ...msdyn_contractlinescheduleofvalues(0),
    msdyn_name: 'Milestone of many digits',
    exchangerate: rateDigits(currencies.USD),
    msdyn_amount: amount,
    msdyn_amount_base: amount,
    msdyn_price: amount,
    msdyn_price_base: amount,
    msdyn_amount_after_tax: amount,
    msdyn_amount_after_tax_base: amount,
    _transactioncurrencyid_value: currencyId(currencies.USD),
  };
};

const set = 'msdyn_contractlinescheduleofvalues';

export const awkwardMilestones: AwkwardCase[] = [
  { set, id: awkwardId(41), what: 'a contract line that does not exist', make: lineMissing },
  { set, id: awkwardId(42), what: 'an amount of eighteen digits, four of them decimals', make: manyDigits },
];
