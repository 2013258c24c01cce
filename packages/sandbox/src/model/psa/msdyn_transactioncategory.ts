import { activeState, choice, dateTime, lookup, table, text, whole } from './columns.js';
import { billingType } from './option-sets.js';

/** Transaction category; those that F&O knows too are its expense categories. */
export const msdyn_transactioncategory = table({
  name: 'msdyn_transactioncategory',
  set: 'msdyn_transactioncategories',
  primaryKey: 'msdyn_transactioncategoryid',
  primaryName: 'msdyn_name',
  properties: [
    text('msdyn_name', 100, 'required'),
    choice('msdyn_billingtype', billingType),
    // No template reads what follows.
    whole('importsequencenumber'),
    dateTime('overriddencreatedon'),
    whole('timezoneruleversionnumber'),
    whole('utcconversiontimezonecode'),
    ...activeState,
  ],
  lookups: [
    lookup('organizationid', 'organization'),
    lookup('msdyn_defaultunit', 'uom'),
    lookup('msdyn_unitgroup', 'uomschedule'),
  ],
});
