import { audit } from '../calendar.js';
import type { Context, RowMaker } from '../context.js';
import { currencies, rateDigits } from '../currencies.js';
import { baseDigits, digits, fromBase, unitsPerOne } from '../money.js';
import { accountNames, accountNumber, addresses, contactNames, contactNumber } from '../parties.js';
import { dice } from '../random.js';

export function accountRow({ plan, id, currencyId, accountCurrency }: Context): RowMaker {
  const nameOf = accountNames(plan.seed);
  const addressOf = addresses(plan.seed, 'account');
  const size = dice(plan.seed, 'account.size');
  return (index) => {
    const address = addressOf(index);
    const currency = accountCurrency(index);
    const creditLimit = fromBase((10 + (size(index) % 490)) * 1000 * unitsPerOne, currency);
    return {
      accountid: id('account', index),
      name: nameOf(index),
      accountnumber: accountNumber(index),
      customertypecode: 3,
      emailaddress1: `invoices@customer${index + 1}.example`,
      numberofemployees: 20 + (size(index) % 4000),
      address1_line1: address.line1,
      address1_city: address.city,
      address1_stateorprovince: address.state || null,
      address1_postalcode: address.postalCode,
      address1_country: address.country,
      creditlimit: digits(creditLimit),
      creditlimit_base: baseDigits(creditLimit, currency),
      exchangerate: rateDigits(currency),
      _transactioncurrencyid_value: currencyId(currency),
      _primarycontactid_value: index < Math.min(plan.contacts, plan.accounts) ? id('contact', index) : null,
      statecode: 0,
      statuscode: 1,
      ...audit(1),
    };
  };
}

export function contactRow({ plan, id, currencyId }: Context): RowMaker {
  const nameOf = contactNames(plan.seed);
  const addressOf = addresses(plan.seed, 'contact');
  return (index) => {
    const { first, last } = nameOf(index);
    const address = addressOf(index);
    return {
      contactid: id('contact', index),
      fullname: `${first} ${last}`,
      firstname: first,
      lastname: last,
      accountnumber: contactNumber(index),
      emailaddress1: `person${index + 1}@customer${(index % plan.accounts) + 1}.example`,
      address1_line1: address.line1,
      address1_city: address.city,
      address1_stateorprovince: address.state || null,
      address1_postalcode: address.postalCode,
      address1_country: address.country,
      exchangerate: rateDigits(currencies.USD),
      _transactioncurrencyid_value: currencyId(currencies.USD),
      _parentcustomerid_value: id('account', index % plan.accounts),
      _parentcustomerid_type: 'account',
      statecode: 0,
      statuscode: 1,
      ...audit(1),
    };
  };
}
