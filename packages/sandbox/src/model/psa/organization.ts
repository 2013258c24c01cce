import { table, text, whole } from './columns.js';

/** The environment: one row, of which only what the integration asks about is here. It is set up by options. */
export const organization = table({
  name: 'organization',
  set: 'organizations',
  primaryKey: 'organizationid',
  primaryName: 'name',
  changeTracking: false,
  unversioned: true,
  properties: [text('name', 160), whole('expirechangetrackingindays')],
  lookups: [],
});
