/** Transaction classifications of PSA, which F&O keeps as they came. */
export const CLASSIFICATION = {
  time: '192350000',
  expense: '192350001',
  material: '192350002',
  milestone: '192350003',
  fee: '192350004',
  tax: '690970002',
} as const;

/** Transaction type of a journal line, by classification. */
export const TRANSACTION_TYPES: Readonly<Record<string, string>> = {
  [CLASSIFICATION.time]: 'Hour',
  [CLASSIFICATION.expense]: 'Expense',
  [CLASSIFICATION.material]: 'Item',
  [CLASSIFICATION.milestone]: 'OnAccount',
  [CLASSIFICATION.fee]: 'Fee',
  [CLASSIFICATION.tax]: 'Tax',
};

/** Costs are what a company bears, sales what somebody is to pay; a transaction without a type is neither. */
export const COSTS: ReadonlySet<string> = new Set(['Cost', 'ResourcingUnitCost']);
export const SALES: ReadonlySet<string> = new Set([
  'Sales',
  'BilledSales',
  'ProjectContract',
  'InterOrganizationalSales',
]);
