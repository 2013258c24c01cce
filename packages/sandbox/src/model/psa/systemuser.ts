import { flag, table, text } from './columns.js';

/** User; only what project managers and account managers are shown by. */
export const systemuser = table({
  name: 'systemuser',
  set: 'systemusers',
  primaryKey: 'systemuserid',
  primaryName: 'fullname',
  changeTracking: false,
  properties: [text('fullname', 200), text('internalemailaddress', 100, 'systemrequired'), flag('isdisabled')],
  lookups: [],
});
