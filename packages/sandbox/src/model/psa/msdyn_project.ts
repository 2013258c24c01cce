import { choice, dateTime, decimal, double, exchangeRate, flag, lookup, money, table, text, whole } from './columns.js';
import { active } from './option-sets.js';

const stateReason = {
  1: 'Active',
  2: 'Inactive - Sets project to read only',
  192350000: 'Closed - Sets project to read only and cancels future bookings',
};

/** Project. `msdynce_projectnumber` is not PSA's own: the F&O integration solution adds it. */
export const msdyn_project = table({
  name: 'msdyn_project',
  set: 'msdyn_projects',
  primaryKey: 'msdyn_projectid',
  primaryName: 'msdyn_subject',
  alternateKeys: [{ name: 'msdynce_projectnumber_key', attributes: ['msdynce_projectnumber'] }],
  properties: [
    text('msdyn_subject', 200, 'required'),
    text('msdynce_projectnumber', 100),
    text('msdyn_description', 2000),
    text('msdyn_comments', 20000),
    text('msdyn_calendarid', 100, 'required'),
    text('msdyn_stagename', 100),
    flag('msdyn_istemplate', 'required'),
    dateTime('msdyn_scheduledstart'),
    dateTime('msdyn_scheduledend'),
    dateTime('msdyn_actualstart'),
    dateTime('msdyn_actualend'),
    whole('msdyn_scheduleddurationminutes'),
    whole('msdyn_teamsize'),
    decimal('msdyn_plannedhours', 2),
    decimal('msdyn_actualhours', 2),
    double('msdyn_remaininghours'),
    decimal('msdyn_progress', 2),
    choice('msdyn_overallprojectstatus', { 1: 'Green', 2: 'Yellow', 3: 'Red' }),
    choice('msdyn_scheduleperformance', { 192350000: 'On Time', 192350001: 'Ahead', 192350002: 'Behind' }),
    exchangeRate,
    ...money('msdyn_plannedlaborcost'),
    ...money('msdyn_plannedexpensecost'),
    ...money('msdyn_plannedsales'),
    ...money('msdyn_actuallaborcost'),
    ...money('msdyn_actualsales'),
    choice('statecode', active, 'systemrequired', 0),
    choice('statuscode', stateReason, 'none', 1),
  ],
  lookups: [
    lookup('transactioncurrencyid', 'transactioncurrency'),
    lookup('msdyn_salesorderid', 'salesorder'),
    lookup('msdyn_customer', 'account'),
    lookup('msdyn_contractorganizationalunitid', 'msdyn_organizationalunit'),
    lookup('msdyn_projectmanager', 'systemuser'),
  ],
});
