import { Template } from '@isthmus/core';
import { integrationParameters, linkedCategories } from '@isthmus/project-accounting';
import { importAndPost } from './import-and-post.js';
import { ActualsParameters } from './parameters.js';
import { Actual } from './tasks/actual.js';
import { ActualRelationship } from './tasks/actual-relationship.js';

@Template({
  name: 'actuals',
  title: 'Project actuals',
  version: 1,
  direction: { from: 'psa', to: 'finops' },
  tasks: [Actual, ActualRelationship],
  parameters: ActualsParameters,
  prerequisites: [integrationParameters('TimeCategory', 'FeeCategory'), linkedCategories],
  follows: ['expense-categories', 'hour-estimates', 'expense-estimates'],
  conclude: importAndPost,
})
export class Actuals {}
