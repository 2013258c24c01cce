import type { EntityModel, EnumModel } from '../types.js';
import { accounting } from './accounting.js';
import { actuals } from './actuals.js';
import { billingRules } from './billing-rules.js';
import { categories } from './categories.js';
import { dataManagement } from './data-management.js';
import { enumMembers } from './enums.js';
import { estimates } from './estimates.js';
import { ledgerSetup } from './ledger-setup.js';
import { masterData } from './master-data.js';
import { withNavigations } from './navigations.js';
import { parameterEntities } from './parameters.js';
import { plans } from './plans.js';
import { projectsAndContracts } from './projects-and-contracts.js';
import { salesTax } from './sales-tax.js';
import { withTables } from './tables.js';
import { tasksAndCategories } from './tasks-and-categories.js';

export { enumMembers, type EnumName } from './enums.js';
export * as finopsFields from './fields.js';
export { withTables } from './tables.js';

/**
 * The data entities of F&O that the integration touches. Public names are not documented for the integration entities;
 * the rule here: the name without `Entity`, and its plural.
 */
export const finopsModel: EntityModel[] = [
  ...masterData,
  ...categories,
  ...ledgerSetup,
  ...salesTax,
  ...parameterEntities,
  ...projectsAndContracts,
  ...tasksAndCategories,
  ...estimates,
  ...actuals,
  ...billingRules,
  ...dataManagement,
  ...plans,
  ...accounting,
]
  .map(withNavigations)
  .map(withTables);

export const finopsEnums: EnumModel[] = Object.entries(enumMembers).map(([name, members]) => ({
  name,
  members: [...members],
}));
