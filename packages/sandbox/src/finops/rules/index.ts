import { actual } from './actual.js';
import { category } from './category.js';
import { contractLine } from './contract-line.js';
import { expenseEstimate, transactionRelationship } from './expense-estimate.js';
import { hourEstimate } from './hour-estimate.js';
import { journalLine } from './journal-line.js';
import { milestone } from './milestone.js';
import { projectContract } from './project-contract.js';
import { project } from './project.js';
import type { EntityRules } from './rules.js';
import { task } from './task.js';

export type { EntityRules, Reference } from './rules.js';

/** By entity set; what is not here is stored as it comes. */
export const rulesBySet: Readonly<Record<string, EntityRules>> = {
  ProjCDSProjectContracts: projectContract,
  ProjCDSProjects: project,
  ProjCDSContractLineImports: contractLine,
  ProjCDSContractLineMilestoneImports: milestone,
  ProjCDSTasks: task,
  ProjCDSCategories: category,
  ProjCDSEstimateHours: hourEstimate,
  ProjCDSEstimateExpensesImports: expenseEstimate,
  ProjCDSTransactionRelationshipImports: transactionRelationship,
  ProjCDSActualsImports: actual,
  ProjAdvancedJournalLines: journalLine,
};
