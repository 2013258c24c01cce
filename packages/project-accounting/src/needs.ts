import type { Condition, Need } from '@isthmus/core';

const FORM = 'Project management and accounting > Setup > Project Service Automation integration parameters';

/** F&O takes transactions of billable projects only. */
export const supportedProject: Need = {
  what: 'project',
  entity: 'ProjCDSProjectEntity',
  field: 'ProjectID',
  having: { ProjectType: ['TimeMaterial', 'FixedPrice'] },
  remedy:
    'Only time-and-material and fixed-price projects are supported: correct the default project type in the integration parameters, or the type of the project in F&O.',
};

/** The line property of a transaction follows from its billing type. */
export const linePropertyOfBillingType: Need = {
  what: 'line property for the billing type',
  entity: 'ProjCDSBillingTypeDefaultEntity',
  field: 'BillingType',
  remedy: `In F&O, open ${FORM} > Billing type defaults, in that legal entity, and give the billing type a line property.`,
};

/** @param where the rows that take their category from PSA: hours and fees take it from the integration parameters */
export const linkedCategory = (where: readonly Condition[]): Need => ({
  what: 'category linked to the PSA transaction category',
  entity: 'ProjCDSCategoryEntity',
  field: 'IntegrationId',
  where,
  named: { entity: 'msdyn_transactioncategories', key: 'msdyn_transactioncategoryid', field: 'msdyn_name' },
  remedy: 'Synchronise the expense categories first; see that the category is set up in F&O, in that legal entity.',
});
