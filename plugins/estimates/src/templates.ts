import { Template } from '@isthmus/core';
import { integrationParameters, linkedCategories } from '@isthmus/project-accounting';
import { ExpenseEstimatesParameters, HourEstimatesParameters } from './parameters.js';
import { EstimateRelationship } from './tasks/estimate-relationship.js';
import { ExpenseEstimate } from './tasks/expense-estimate.js';
import { HourEstimate } from './tasks/hour-estimate.js';

@Template({
  name: 'hour-estimates',
  title: 'Project hour estimates',
  version: 1,
  direction: { from: 'psa', to: 'finops' },
  tasks: [HourEstimate],
  parameters: HourEstimatesParameters,
  prerequisites: [integrationParameters('TimeCategory')],
})
export class HourEstimates {}

@Template({
  name: 'expense-estimates',
  title: 'Project expense estimates',
  version: 1,
  direction: { from: 'psa', to: 'finops' },
  tasks: [EstimateRelationship, ExpenseEstimate],
  parameters: ExpenseEstimatesParameters,
  prerequisites: [integrationParameters(), linkedCategories],
  follows: ['expense-categories'],
})
export class ExpenseEstimates {}
