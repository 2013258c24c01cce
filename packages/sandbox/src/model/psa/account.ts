import { activeState, choice, currency, dateTime, exchangeRate, lookup, money, table, text, whole } from './columns.js';

/** Customer. CDM lists only what PSA and Sales add; the base columns are those of Dataverse's account table. */
export const account = table({
  name: 'account',
  set: 'accounts',
  primaryKey: 'accountid',
  primaryName: 'name',
  alternateKeys: [{ name: 'accountnumber_key', attributes: ['accountnumber'] }],
  properties: [
    text('name', 160, 'required'),
    text('accountnumber', 20),
    text('msdyn_externalaccountid', 100),
    text('emailaddress1', 100),
    text('telephone1', 50),
    text('websiteurl', 200),
    text('description', 2000),
    text('address1_line1', 250),
    text('address1_city', 80),
    text('address1_stateorprovince', 50),
    text('address1_postalcode', 20),
    text('address1_country', 80),
    whole('numberofemployees'),
    choice('customertypecode', { 3: 'Customer', 8: 'Prospect', 10: 'Supplier' }),
    ...money('creditlimit'),
    ...money('openrevenue'),
    exchangeRate,
    // No template reads what follows.
    whole('opendeals'),
    dateTime('opendeals_date'),
    whole('opendeals_state'),
    dateTime('openrevenue_date'),
    whole('openrevenue_state'),
    ...activeState,
  ],
  lookups: [
    currency,
    lookup('primarycontactid', 'contact'),
    { ...lookup('parentaccountid', 'account'), hierarchical: true },
    // No template reads what follows.
    lookup('defaultpricelevelid', 'pricelevel'),
    lookup('originatingleadid', 'lead'),
    lookup('preferredequipmentid', 'equipment'),
    lookup('preferredserviceid', 'service'),
    lookup('territoryid', 'territory'),
  ],
});
