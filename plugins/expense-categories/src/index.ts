import { Plugin } from '@isthmus/core';
import { ExpenseCategories } from './template.js';

@Plugin({ name: '@isthmus/plugin-expense-categories', core: '0.x', templates: [ExpenseCategories] })
export default class ExpenseCategoriesPlugin {}
