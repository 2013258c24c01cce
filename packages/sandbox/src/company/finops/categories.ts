import type { enumMembers } from '../../model/index.js';
import type { Row } from '../types.js';
import { categoryNames, consulting } from '../vocabulary.js';
import { itemTaxGroups } from './sales-tax.js';

/** The categories that PSA knows too, by name; none is linked to its twin there yet. */

type TransactionType = (typeof enumMembers)['ProjTransType'][number];

const others: Readonly<Record<string, TransactionType>> = { Consulting: 'Hour', Fee: 'Fee', Material: 'Item' };

const isExpense = (index: number): boolean => index < consulting;
const yesNo = (value: boolean): 'Yes' | 'No' => (value ? 'Yes' : 'No');

export const sharedCategoryRows = (): Row[] =>
  categoryNames.map((name, index) => ({
    CategoryId: name,
    CategoryName: name,
    UseInProject: 'Yes',
    UseInExpense: yesNo(isExpense(index)),
  }));

export const categoryRows: Row[] = categoryNames.map((name, index) => ({
  CategoryId: name,
  CategoryName: name,
  SharedCategoryId: name,
  UseInProject: 'Yes',
  UseInExpense: yesNo(isExpense(index)),
}));

export const projectCategoryRows: Row[] = categoryNames.map((name, index) => ({
  Category: name,
  CategoryName: name,
  CategoryGroup: isExpense(index) ? 'Expenses' : name,
  TransactionType: others[name] ?? 'Expense',
  ActiveInJournals: 'Yes',
  ItemSalesTaxGroup: itemTaxGroups[name] ?? '',
}));

/** The same categories as the integration entity shows them, not linked yet. */
export const integratedCategoryRows: Row[] = categoryNames.map((name) => ({ CategoryId: name, SharedCategory: name }));
