import { activeState, dateTime, double, lookup, table, text, whole } from './columns.js';

/** Organisational unit: contracts, resources work; mapped to a legal entity of F&O. */
export const msdyn_organizationalunit = table({
  name: 'msdyn_organizationalunit',
  set: 'msdyn_organizationalunits',
  primaryKey: 'msdyn_organizationalunitid',
  primaryName: 'msdyn_name',
  alternateKeys: [{ name: 'msdyn_name_key', attributes: ['msdyn_name'] }],
  properties: [
    text('msdyn_name', 100, 'required'),
    text('msdyn_description', 2000),
    double('msdyn_latitude'),
    double('msdyn_longitude'),
    // No template reads what follows.
    whole('importsequencenumber'),
    dateTime('overriddencreatedon'),
    whole('timezoneruleversionnumber'),
    whole('utcconversiontimezonecode'),
    ...activeState,
  ],
  lookups: [lookup('msdyn_currency', 'transactioncurrency'), lookup('organizationid', 'organization')],
});
