import { enumeration, perCompany, text } from './fields.js';

/** Project Service Automation integration parameters of a legal entity: the form's tabs, one entity each. */

const parameters = perCompany({
  name: 'ProjCDSParameter',
  set: 'ProjCDSParameters',
  aotName: 'ProjCDSParametersEntity',
  label: 'Dynamics 365 for Project Service Automation integration parameters',
  key: [],
  properties: [
    enumeration('IntegrationEnabled', 'NoYes'),
    enumeration('DefaultProjectType', 'ProjType'),
    text('TimeCategory', 30),
    text('FeeCategory', 30),
  ],
});

const projectGroupDefault = perCompany({
  name: 'ProjCDSProjectGroupDefault',
  set: 'ProjCDSProjectGroupDefaults',
  aotName: 'ProjCDSProjectGroupDefaultEntity',
  label: 'Project Service Automation project group defaults',
  key: ['ProjectType'],
  properties: [enumeration('ProjectType', 'ProjType', 'mandatory'), text('ProjectGroup', 10, 'mandatory')],
});

const billingTypeDefault = perCompany({
  name: 'ProjCDSBillingTypeDefault',
  set: 'ProjCDSBillingTypeDefaults',
  aotName: 'ProjCDSBillingTypeDefaultEntity',
  label: 'Project Service Automation billing type defaults',
  key: ['BillingType'],
  properties: [enumeration('BillingType', 'ProjCDSBillingType', 'mandatory'), text('LinePropertyId', 10, 'mandatory')],
});

const lockingOption = perCompany({
  name: 'ProjCDSLockingOption',
  set: 'ProjCDSLockingOptions',
  aotName: 'ProjCDSLockingOptionEntity',
  label: 'Project Service Automation functionality locking',
  key: ['LockingOption'],
  properties: [enumeration('LockingOption', 'ProjCDSLockingOption', 'mandatory')],
});

export const parameterEntities = [parameters, projectGroupDefault, billingTypeDefault, lockingOption];
