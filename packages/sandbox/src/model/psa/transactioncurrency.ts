import { activeState, dateTime, decimal, guid, lookup, table, text, whole } from './columns.js';

/** Currency; `exchangerate` is units of this currency for one of the base currency. */
export const transactioncurrency = table({
  name: 'transactioncurrency',
  set: 'transactioncurrencies',
  primaryKey: 'transactioncurrencyid',
  primaryName: 'currencyname',
  alternateKeys: [{ name: 'isocurrencycode_key', attributes: ['isocurrencycode'] }],
  properties: [
    text('isocurrencycode', 5, 'systemrequired'),
    text('currencyname', 100, 'systemrequired'),
    text('currencysymbol', 10, 'systemrequired'),
    whole('currencyprecision', 'systemrequired'),
    decimal('exchangerate', 10, 'systemrequired'),
    whole('importsequencenumber'),
    // No template reads what follows.
    dateTime('overriddencreatedon'),
    guid('entityimageid'),
    ...activeState,
  ],
  lookups: [lookup('organizationid', 'organization')],
});
