import { activeState, choice, currency, dateTime, exchangeRate, lookup, money, table, text } from './columns.js';
import { milestoneInvoiceStatus, transactionClassification, transactionType } from './option-sets.js';

/** Contract line milestone. PSA 2.x names its line in the text `msdyn_contractline`, PSA 3.x in a lookup; both are here. */
export const msdyn_contractlinescheduleofvalue = table({
  name: 'msdyn_contractlinescheduleofvalue',
  set: 'msdyn_contractlinescheduleofvalues',
  primaryKey: 'msdyn_contractlinescheduleofvalueid',
  primaryName: 'msdyn_name',
  properties: [
    text('msdyn_name', 100, 'required'),
    text('msdyn_contractline', 100),
    text('msdyn_contractlinedescription', 2000),
    text('msdyn_description', 100),
    text('msdyn_externaldescription', 100),
    dateTime('msdyn_invoicedate'),
    dateTime('msdyn_startdatetime'),
    choice('msdyn_invoicestatus', milestoneInvoiceStatus),
    choice('msdyn_transactionclassification', transactionClassification, 'required'),
    choice('msdyn_transactiontypecode', transactionType, 'required'),
    exchangeRate,
    ...money('msdyn_amount'),
    ...money('msdyn_price'),
    ...money('msdyn_tax'),
    ...money('msdyn_amount_after_tax'),
    ...activeState,
  ],
  lookups: [
    currency,
    lookup('msdyn_contract', 'salesorder'),
    lookup('msdyn_contractlineid', 'salesorderdetail', 'msdyn_ContractLineId'),
    lookup('msdyn_project', 'msdyn_project'),
    lookup('msdyn_projecttask', 'msdyn_projecttask'),
  ],
});
