import type { EntityModel } from '../types.js';
import { guid, lookup, table, text } from './columns.js';
import { APPLICATION_USER } from './systemuser.js';

/** Security role; what a user may do is the sum of their roles. */
export const role = table({
  name: 'role',
  set: 'roles',
  primaryKey: 'roleid',
  primaryName: 'name',
  changeTracking: false,
  properties: [text('name', 100, 'systemrequired'), guid('roletemplateid')],
  lookups: [lookup('businessunitid', 'businessunit')],
});

/** Which user has which role. */
export const systemuserroles: EntityModel = {
  name: 'systemuserroles',
  set: 'systemuserrolescollection',
  primaryKey: ['systemuserroleid'],
  properties: [
    { name: 'systemuserroleid', type: 'Edm.Guid', nullable: false, required: 'systemrequired' },
    guid('systemuserid'),
    guid('roleid'),
    { name: 'versionnumber', type: 'Edm.Int64', nullable: true, readOnly: true, required: 'none' },
  ],
  lookups: [],
  pairs: {
    relationship: 'systemuserroles_association',
    ends: [
      { entity: 'systemuser', attribute: 'systemuserid', navigation: 'systemuserroles_association' },
      { entity: 'role', attribute: 'roleid', navigation: 'systemuserroles_association' },
    ],
  },
};

export const SYSTEM_ADMINISTRATOR = {
  roleid: '6f3fbe2e-0000-4000-8000-000000000005',
  name: 'System Administrator',
} as const;

/** The application may do everything, unless the environment withholds privileges. */
export const APPLICATION_ROLE = {
  systemuserroleid: '6f3fbe2e-0000-4000-8000-000000000006',
  systemuserid: APPLICATION_USER.systemuserid,
  roleid: SYSTEM_ADMINISTRATOR.roleid,
} as const;
