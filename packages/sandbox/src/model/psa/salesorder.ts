import { choice, date, decimal, exchangeRate, flag, lookup, money, polymorphicLookup, table, text } from './columns.js';
import { contractStatus, contractStatusReason, orderType, paymentTerms } from './option-sets.js';

const state = { 0: 'Active', 1: 'Submitted', 2: 'Canceled', 3: 'Fulfilled', 4: 'Invoiced' };
const stateReason = {
  1: 'New',
  2: 'Pending',
  3: 'In Progress',
  4: 'No Money',
  100001: 'Complete',
  100002: 'Partial',
  100003: 'Invoiced',
};

/** Order; a work-based order is a project contract. */
export const salesorder = table({
  name: 'salesorder',
  set: 'salesorders',
  primaryKey: 'salesorderid',
  primaryName: 'name',
  alternateKeys: [{ name: 'ordernumber_key', attributes: ['ordernumber'] }],
  properties: [
    text('name', 300, 'required'),
    text('ordernumber', 100, 'systemrequired'),
    text('description', 2000),
    text('emailaddress', 100),
    choice('msdyn_ordertype', orderType, 'recommended', 192350000),
    choice('msdyn_psastate', contractStatus, 'required', 192350000),
    choice('msdyn_psastatusreason', contractStatusReason, 'required', 192350000),
    choice('paymenttermscode', paymentTerms),
    choice('freighttermscode', { 1: 'FOB', 2: 'No Charge' }),
    flag('ispricelocked', 'required'),
    text('billto_name', 200),
    text('billto_contactname', 150),
    text('billto_line1', 250),
    text('billto_line2', 250),
    text('billto_city', 80),
    text('billto_stateorprovince', 50),
    text('billto_postalcode', 20),
    text('billto_country', 80),
    // CDM says dateTime; these three are days without a time.
    date('requestdeliveryby'),
    date('datefulfilled'),
    date('submitdate'),
    decimal('discountpercentage', 10),
    exchangeRate,
    ...money('discountamount'),
    ...money('freightamount'),
    ...money('totallineitemamount'),
    ...money('totaltax'),
    ...money('totalamount'),
    ...money('msdyn_totalchargeablecostrollup'),
    ...money('msdyn_totalnonchargeablecostrollup'),
    choice('statecode', state, 'systemrequired', 0),
    choice('statuscode', stateReason, 'none', 1),
  ],
  lookups: [
    polymorphicLookup('customerid', 'account', 'contact'),
    lookup('transactioncurrencyid', 'transactioncurrency'),
    lookup('msdyn_contractorganizationalunitid', 'msdyn_organizationalunit', 'msdyn_ContractOrganizationalUnitId'),
    lookup('msdyn_accountmanagerid', 'systemuser', 'msdyn_AccountManagerId'),
  ],
});
