import type { EntityModel, NavigationModel } from '../types.js';

/**
 * How the entities refer to each other. The publisher documents no navigation property of them: the names here are this
 * sandbox's own. A field that is empty, or names a row that is not there, leads nowhere.
 */

const customer = (collection: string): NavigationModel => ({
  navigation: 'Customer',
  field: 'CustomerAccount',
  entity: 'CustomerV3',
  collection,
});

const currency = (field: string, collection: string): NavigationModel => ({
  navigation: 'Currency',
  field,
  entity: 'Currency',
  collection,
});

const project = (collection: string, navigation = 'Project', field = 'ProjectId'): NavigationModel => ({
  navigation,
  field,
  entity: 'ProjCDSProject',
  collection,
});

const contract = (field: string, collection: string): NavigationModel => ({
  navigation: 'ProjectContract',
  field,
  entity: 'ProjCDSProjectContract',
  collection,
});

const task = (navigation: string, field: string, collection: string): NavigationModel => ({
  navigation,
  field,
  entity: 'ProjCDSTask',
  collection,
});

/** By entity type. */
const navigations: Readonly<Record<string, NavigationModel[]>> = {
  CustomerV3: [currency('SalesCurrencyCode', 'Customers')],
  ProjCDSProjectContract: [
    customer('ProjectContracts'),
    currency('CurrencyCode', 'ProjectContracts'),
    { navigation: 'TermsOfPayment', field: 'PaymentTerms', entity: 'PaymentTerm', collection: 'ProjectContracts' },
  ],
  ProjCDSProject: [
    customer('Projects'),
    contract('ProjectContractID', 'Projects'),
    { navigation: 'Group', field: 'ProjectGroup', entity: 'ProjectGroup', collection: 'Projects' },
    project('Subprojects', 'ParentProject', 'ParentId'),
  ],
  ProjCDSContractLineImport: [contract('ContractId', 'ContractLines'), project('ContractLines')],
  ProjCDSContractLineMilestoneImport: [
    {
      navigation: 'ProjectContractLine',
      field: 'ContractLineRef',
      entity: 'ProjCDSContractLineImport',
      collection: 'Milestones',
    },
    currency('CurrencyId', 'Milestones'),
  ],
  ProjCDSTask: [project('Tasks'), task('Parent', 'ParentTask', 'Subtasks')],
  ProjCDSEstimateHour: [project('HourEstimates'), task('ProjectTask', 'TaskId', 'HourEstimates')],
  ProjCDSEstimateExpensesImport: [project('ExpenseEstimates'), task('ProjectTask', 'TaskId', 'ExpenseEstimates')],
  ProjCDSActualsImport: [project('Actuals'), task('ProjectTask', 'TaskId', 'Actuals')],
};

/** Gives the entities their navigation properties. */
export const withNavigations = (model: EntityModel): EntityModel => ({
  ...model,
  navigations: navigations[model.name] ?? [],
});
