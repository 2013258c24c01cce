import {
  choice,
  currency,
  dateTime,
  decimal,
  exchangeRate,
  flag,
  lookup,
  money,
  table,
  text,
  whole,
} from './columns.js';
import { billingMethod, billingStatus } from './option-sets.js';

const productType = {
  1: 'Product',
  2: 'Bundle',
  3: 'Required Bundle Product',
  4: 'Optional Bundle Product',
  5: 'Project-based Service',
};

/** Order line; on a work-based order a project contract line. */
export const salesorderdetail = table({
  name: 'salesorderdetail',
  set: 'salesorderdetails',
  primaryKey: 'salesorderdetailid',
  primaryName: 'salesorderdetailname',
  properties: [
    text('salesorderdetailname', 100, 'required'),
    text('description', 2000),
    text('productdescription', 500),
    text('productname', 500),
    choice('producttypecode', productType, 'systemrequired', 1),
    whole('sequencenumber'),
    whole('lineitemnumber'),
    decimal('quantity', 5, 'required'),
    flag('isproductoverridden'),
    flag('ispriceoverridden'),
    exchangeRate,
    ...money('priceperunit'),
    ...money('baseamount'),
    ...money('manualdiscountamount'),
    ...money('tax'),
    ...money('extendedamount'),
    choice('msdyn_billingmethod', billingMethod),
    dateTime('msdyn_billingstartdate', 'recommended'),
    choice('msdyn_billingstatus', billingStatus),
    ...money('msdyn_budgetamount'),
    ...money('msdyn_costamount'),
    flag('msdyn_includetime'),
    flag('msdyn_includeexpense'),
    flag('msdyn_includefee'),
    flag('msdyn_includematerial'),
    choice('msdyn_linetype', { 690970000: 'Project Service Line', 690970001: 'Field Service Line' }),
  ],
  lookups: [
    { ...lookup('salesorderid', 'salesorder'), onDelete: 'cascade' },
    currency,
    lookup('salesrepid', 'systemuser'),
    lookup('msdyn_project', 'msdyn_project', 'msdyn_Project'),
  ],
});
