import { flag, guid, table, text } from './columns.js';

/** User; only what project managers and account managers are shown by, and what impersonation needs. */
export const systemuser = table({
  name: 'systemuser',
  set: 'systemusers',
  primaryKey: 'systemuserid',
  primaryName: 'fullname',
  changeTracking: false,
  properties: [
    text('fullname', 200),
    text('internalemailaddress', 100, 'systemrequired'),
    guid('azureactivedirectoryobjectid'),
    guid('applicationid'),
    flag('isdisabled'),
  ],
  lookups: [],
});

/** The user that the well-known client acts as: in every environment, the empty one included. */
export const APPLICATION_USER = {
  systemuserid: '6f3fbe2e-0000-4000-8000-000000000002',
  fullname: '# Isthmus sandbox',
  internalemailaddress: 'application@contoso.example',
  azureactivedirectoryobjectid: '6f3fbe2e-0000-4000-8000-000000000004',
  isdisabled: false,
} as const;
