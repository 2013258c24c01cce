import type { EntityModel } from '../types.js';
import { account } from './account.js';
import { contact } from './contact.js';
import { msdyn_actual } from './msdyn_actual.js';
import { msdyn_contractlinescheduleofvalue } from './msdyn_contractlinescheduleofvalue.js';
import { msdyn_estimateline } from './msdyn_estimateline.js';
import { msdyn_organizationalunit } from './msdyn_organizationalunit.js';
import { msdyn_project } from './msdyn_project.js';
import { msdyn_projecttask } from './msdyn_projecttask.js';
import { msdyn_transactioncategory } from './msdyn_transactioncategory.js';
import { msdyn_transactionconnection } from './msdyn_transactionconnection.js';
import { organization } from './organization.js';
import { role, systemuserroles } from './role.js';
import { salesorder } from './salesorder.js';
import { salesorderdetail } from './salesorderdetail.js';
import { systemuser } from './systemuser.js';
import { transactioncurrency } from './transactioncurrency.js';

export { APPLICATION_ROLE, SYSTEM_ADMINISTRATOR } from './role.js';
export { APPLICATION_USER } from './systemuser.js';
export * as psaColumns from './columns.js';
export * as optionSets from './option-sets.js';

/** The Dataverse tables of Project Service Automation that the integration touches. */
export const psaModel: EntityModel[] = [
  systemuser,
  transactioncurrency,
  msdyn_organizationalunit,
  account,
  contact,
  salesorder,
  salesorderdetail,
  msdyn_project,
  msdyn_projecttask,
  msdyn_contractlinescheduleofvalue,
  msdyn_transactioncategory,
  msdyn_estimateline,
  msdyn_actual,
  msdyn_transactionconnection,
  role,
  systemuserroles,
  organization,
];
