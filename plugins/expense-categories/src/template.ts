import { Template } from '@isthmus/core';
import { ExpenseCategoriesParameters, type Master } from './parameters.js';
import { categoriesInFinops } from './prerequisites.js';
import { CategoryToFinops } from './tasks/category-to-finops.js';
import { CategoryToPsa } from './tasks/category-to-psa.js';

const TO_PSA = 'categories-to-psa';
const TO_FINOPS = 'categories-to-finops';

/**
 * The side that masters goes first. Where that is PSA, it goes again at the end: what F&O has besides has become
 * categories of PSA by then, and their ids have to get back.
 */
const PASSES: Readonly<Record<Master, readonly string[]>> = {
  finops: [TO_PSA, TO_FINOPS],
  psa: [TO_FINOPS, TO_PSA, TO_FINOPS],
};

@Template({
  name: 'expense-categories',
  title: 'Project expense transaction categories',
  version: 1,
  direction: { from: 'finops', to: 'psa' },
  tasks: [CategoryToPsa, CategoryToFinops],
  parameters: ExpenseCategoriesParameters,
  prerequisites: [categoriesInFinops],
  passes: ({ master }) => PASSES[master as Master],
})
export class ExpenseCategories {}
