import { contractLine } from './contract-line.js';
import { milestone } from './milestone.js';
import { projectContract } from './project-contract.js';
import { project } from './project.js';
import type { EntityRules } from './rules.js';
import { actual, expenseEstimate, hourEstimate, task } from './transactions.js';

export { requireIntegration } from './integration.js';
export type { EntityRules, Reference } from './rules.js';

/** By entity set; what is not here is stored as it comes. */
export const rulesBySet: Readonly<Record<string, EntityRules>> = {
  ProjCDSProjectContracts: projectContract,
  ProjCDSProjects: project,
  ProjCDSContractLineImports: contractLine,
  ProjCDSContractLineMilestoneImports: milestone,
  ProjCDSTasks: task,
  ProjCDSEstimateHours: hourEstimate,
  ProjCDSEstimateExpensesImports: expenseEstimate,
  ProjCDSActualsImports: actual,
};
