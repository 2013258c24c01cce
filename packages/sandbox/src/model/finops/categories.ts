import { enumeration, perCompany, shared, text, unread } from './fields.js';

/** The categories that transactions are booked under: shared ones, those of a company, and their use in its projects. */

const sharedCategory = shared({
  name: 'SharedCategory',
  set: 'SharedCategories',
  aotName: 'SharedCategoryEntity',
  label: 'Shared categories',
  key: ['CategoryId'],
  properties: [
    text('CategoryId', 30, 'mandatory'),
    text('CategoryName', 60),
    enumeration('UseInProject', 'NoYes'),
    enumeration('UseInExpense', 'NoYes'),
  ],
});

const category = perCompany({
  name: 'Category',
  set: 'Categories',
  aotName: 'CategoryEntity',
  label: 'Category table',
  key: ['CategoryId'],
  properties: [
    text('CategoryId', 30, 'mandatory'),
    text('CategoryName', 60),
    text('SharedCategoryId', 30, 'mandatory'),
    enumeration('UseInProject', 'NoYes'),
    enumeration('UseInExpense', 'NoYes'),
    enumeration('UseInProduction', 'NoYes'),
    unread('SharedCategory'),
  ],
});

const projectCategory = perCompany({
  name: 'ProjectCategory',
  set: 'ProjectCategories',
  aotName: 'ProjectCategoryEntity',
  label: 'Project category',
  key: ['Category'],
  properties: [
    text('Category', 30, 'mandatory'),
    text('CategoryName', 60),
    text('CategoryGroup', 30),
    enumeration('TransactionType', 'ProjTransType', 'mandatory'),
    enumeration('ActiveInJournals', 'NoYes'),
    text('ItemSalesTaxGroup', 10),
    unread('Worker'),
    unread('CustomerPaymentRetention'),
    unread('IndirectCostComponent'),
    unread('Estimate'),
    unread('Subscription'),
    unread('Absence'),
    unread('FiscalInformationServiceCode'),
    unread('ItemWithholdingTaxGroup'),
    unread('ItemWithholdingTaxGroupId'),
    unread('TaxRateTypeName'),
  ],
});

export const categories = [sharedCategory, category, projectCategory];
