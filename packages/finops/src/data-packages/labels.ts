/** A package names entities by their labels. Source: the publisher's templates, which show them. */
export const INTEGRATION_LABELS: Readonly<Record<string, string>> = {
  ProjCDSProjectContractEntity: 'Integration entity for project contract',
  ProjCDSProjectEntity: 'Integration entity for project',
  ProjCDSContractLineImportEntity: 'Integration entity for project contract line',
  ProjCDSContractLineMilestoneImportEntity: 'Integration entity for project contract line milestone',
  ProjCDSTaskEntity: 'Integration entity for project task',
  ProjCDSCategoryEntity: 'Integration entity for categories',
  ProjCDSEstimateHoursEntity: 'Integration entity for project hour estimates',
  ProjCDSTransactionRelationshipImportEntity: 'Integration entity for project transaction relationships',
  ProjCDSEstimateExpensesImportEntity: 'Integration entity for project expense estimates',
  ProjCDSActualsImportEntity: 'Integration entity for project actuals',
};
