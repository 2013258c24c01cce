import { contractOf, hasContract } from '../belonging.js';
import { at, audit } from '../calendar.js';
import type { Context, RowMaker } from '../context.js';
import { currencies, rateDigits } from '../currencies.js';
import { autoNumbers, dice, pick } from '../random.js';
import { projectKinds } from '../vocabulary.js';
import { users } from './master-data.js';

/** Projects, five of six with a contract; those that are under way have an actual start, the finished ones an end. */
export function projectRow({ plan, id, currencyId, customerOf, contractCurrency, startOf, unitOf }: Context): RowMaker {
  const numberOf = autoNumbers(plan.seed, 'PRJ');
  const kind = dice(plan.seed, 'msdyn_project.kind');
  const length = dice(plan.seed, 'msdyn_project.length');
  const progress = dice(plan.seed, 'msdyn_project.progress');

  return (index) => {
    const contract = hasContract(index) ? contractOf(plan, index) : undefined;
    const currency = contract === undefined ? currencies.USD : contractCurrency(contract);
    const start = startOf(index);
    const end = start + 30 + (length(index) % 200);
    const done = progress(index) % 4;
    return {
      msdyn_projectid: id('msdyn_project', index),
      msdyn_subject: `${pick(projectKinds, kind(index))} ${index + 1}`,
      msdynce_projectnumber: numberOf(index),
      msdyn_calendarid: 'standard',
      msdyn_istemplate: false,
      msdyn_scheduledstart: at(start, '09'),
      msdyn_scheduledend: at(end, '17'),
      msdyn_actualstart: done > 0 ? at(start + (done % 2), '09') : null,
      msdyn_actualend: done === 3 ? at(end + 5, '17') : null,
      msdyn_overallprojectstatus: 1 + (progress(index) % 3),
      exchangerate: rateDigits(currency),
      _transactioncurrencyid_value: currencyId(currency),
      _msdyn_salesorderid_value: contract === undefined ? null : id('salesorder', contract),
      _msdyn_customer_value: contract === undefined ? null : id('account', customerOf(contract).account),
      _msdyn_contractorganizationalunitid_value: id('msdyn_organizationalunit', unitOf(contract ?? index).index),
      _msdyn_projectmanager_value: id('systemuser', index % users.length),
      statecode: 0,
      statuscode: 1,
      ...audit(start - 5, start),
    };
  };
}
