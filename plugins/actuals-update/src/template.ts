import { Template } from '@isthmus/core';
import { ActualsUpdateParameters } from './parameters.js';
import { voucherColumn } from './prerequisites.js';
import { PostedActual } from './tasks/posted-actual.js';
import { PostedRelationship } from './tasks/posted-relationship.js';

@Template({
  name: 'actuals-update',
  title: 'Project actuals update',
  version: 1,
  direction: { from: 'finops', to: 'psa' },
  tasks: [PostedActual, PostedRelationship],
  parameters: ActualsUpdateParameters,
  prerequisites: [voucherColumn],
  follows: ['actuals'],
})
export class ActualsUpdate {}
