import {
  activeState,
  choice,
  currency,
  dateTime,
  decimal,
  exchangeRate,
  lookup,
  money,
  table,
  text,
} from './columns.js';
import { amountMethod, billingType, customerType, transactionClassification, transactionType } from './option-sets.js';

/** Estimated time or expense of a task; cost and sales are lines of their own, joined by a transaction connection. */
export const msdyn_estimateline = table({
  name: 'msdyn_estimateline',
  set: 'msdyn_estimatelines',
  primaryKey: 'msdyn_estimatelineid',
  primaryName: 'msdyn_description',
  properties: [
    text('msdyn_description', 450),
    dateTime('msdyn_accountingdate'),
    dateTime('msdyn_documentdate', 'required'),
    dateTime('msdyn_startdatetime', 'required'),
    dateTime('msdyn_enddatetime', 'required'),
    dateTime('msdyn_exchangeratedate'),
    choice('msdyn_transactionclassification', transactionClassification, 'required'),
    choice('msdyn_transactiontypecode', transactionType, 'required'),
    choice('msdyn_billingtype', billingType),
    choice('msdyn_amountmethod', amountMethod),
    choice('msdyn_customertype', customerType),
    decimal('msdyn_quantity', 2),
    decimal('msdyn_percent', 2),
    exchangeRate,
    ...money('msdyn_price'),
    ...money('msdyn_amount'),
    ...activeState,
  ],
  lookups: [
    currency,
    lookup('msdyn_project', 'msdyn_project'),
    lookup('msdyn_task', 'msdyn_projecttask'),
    lookup('msdyn_transactioncategory', 'msdyn_transactioncategory'),
    lookup('msdyn_accountcustomer', 'account'),
    lookup('msdyn_contactcustomer', 'contact'),
    lookup('msdyn_resourceorganizationalunitid', 'msdyn_organizationalunit'),
  ],
});
