import { APPLICATION_ROLE, APPLICATION_USER, SYSTEM_ADMINISTRATOR } from '../../model/index.js';
import type { Context } from '../context.js';
import { audit } from '../calendar.js';
import { currencies, currencyCodes, rateDigits } from '../currencies.js';
import type { Row } from '../types.js';
import { units } from '../units.js';
import { categoryNames, firstNames, lastNames } from '../vocabulary.js';
import { choices } from '../choices.js';

/** Rows that don't grow with the scale. */

const active = { statecode: 0, statuscode: 1 };

/** Project managers and account managers. */
export const users = firstNames.slice(0, 5).map((first, index) => `${first} ${lastNames[index] ?? ''}`);

export const userRows = ({ id }: Context): Row[] => [
  ...users.map((fullname, index) => ({
    systemuserid: id('systemuser', index),
    fullname,
    internalemailaddress: `user${index + 1}@contoso.example`,
    azureactivedirectoryobjectid: id('systemuser', OBJECT_IDS + index),
    isdisabled: false,
    ...audit(0),
  })),
  { ...APPLICATION_USER, ...audit(0) },
];

/** Roles of Project Service Automation beside the one that every environment has. */
const psaRoles = ['Project Manager', 'Practice Manager', 'Resource Manager', 'Account Manager'];

export const roleRows = ({ id }: Context): Row[] => [
  { ...SYSTEM_ADMINISTRATOR, ...audit(0) },
  ...psaRoles.map((name, index) => ({ roleid: id('role', index), name, ...audit(0) })),
];

/** Whoever manages projects manages accounts as well. */
export const userRoleRows = ({ id }: Context): Row[] => [
  { ...APPLICATION_ROLE },
  ...users.flatMap((_, user) =>
    ['Project Manager', 'Account Manager'].map((name, at) => ({
      systemuserroleid: id('systemuserroles', 2 * user + at),
      systemuserid: id('systemuser', user),
      roleid: id('role', psaRoles.indexOf(name)),
    })),
  ),
];

/** From here on the guids made for users are those that the directory knows them by. */
const OBJECT_IDS = 1000;

export const currencyRows = ({ currencyId }: Context): Row[] =>
  currencyCodes.map((code) => {
    const currency = currencies[code];
    return {
      transactioncurrencyid: currencyId(currency),
      isocurrencycode: code,
      currencyname: currency.name,
      currencysymbol: currency.symbol,
      currencyprecision: currency.precision,
      exchangerate: rateDigits(currency),
      ...active,
      ...audit(0),
    };
  });

export const unitRows = ({ id, currencyId }: Context): Row[] =>
  units.map(({ name, description, currency }, index) => ({
    msdyn_organizationalunitid: id('msdyn_organizationalunit', index),
    msdyn_name: name,
    msdyn_description: description,
    _msdyn_currency_value: currencyId(currency),
    ...active,
    ...audit(0),
  }));

export const categoryRows = ({ id }: Context): Row[] =>
  categoryNames.map((name, index) => ({
    msdyn_transactioncategoryid: id('msdyn_transactioncategory', index),
    msdyn_name: name,
    msdyn_billingtype: choices.chargeable,
    ...active,
    ...audit(0),
  }));
