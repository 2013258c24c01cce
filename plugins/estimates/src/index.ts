import { Plugin } from '@isthmus/core';
import { ExpenseEstimates, HourEstimates } from './templates.js';

@Plugin({ name: '@isthmus/plugin-estimates', core: '0.x', templates: [HourEstimates, ExpenseEstimates] })
export default class EstimatesPlugin {}
