import { activeState, currency, date, exchangeRate, lookup, polymorphicLookup, table, text } from './columns.js';

/** Person; may be a customer in its own right. */
export const contact = table({
  name: 'contact',
  set: 'contacts',
  primaryKey: 'contactid',
  primaryName: 'fullname',
  properties: [
    { ...text('fullname', 160), readOnly: true, joined: ['firstname', 'lastname'] },
    text('firstname', 50, 'recommended'),
    text('lastname', 50, 'required'),
    // Not a column of Dataverse's own contact: the publisher's field table (project contracts, CUSTOMERACCOUNT) reads it there.
    text('accountnumber', 20),
    text('jobtitle', 100),
    text('emailaddress1', 100),
    text('telephone1', 50),
    text('mobilephone', 50),
    date('birthdate'),
    text('address1_line1', 250),
    text('address1_city', 80),
    text('address1_stateorprovince', 50),
    text('address1_postalcode', 20),
    text('address1_country', 80),
    exchangeRate,
    ...activeState,
  ],
  lookups: [
    currency,
    polymorphicLookup('parentcustomerid', 'account', 'contact'),
    // No template reads what follows.
    lookup('originatingleadid', 'lead'),
    lookup('preferredequipmentid', 'equipment'),
    lookup('preferredserviceid', 'service'),
  ],
});
