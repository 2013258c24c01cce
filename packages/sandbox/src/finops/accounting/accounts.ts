import type { Books } from './books.js';
import { COSTS } from './classification.js';

/** Where the two halves of a posting go; main accounts and posting types are this sandbox's own. */
export interface Account {
  readonly id: string;
  readonly postingType: string;
}

export interface Accounts {
  readonly debit: Account;
  readonly credit: Account;
}

const account = (id: string, postingType: string): Account => ({ id, postingType });

/** The debit of a tax on what itself does not reach the ledger. */
export const TAX_RECEIVABLE = account('142300', 'WIP - sales tax');
export const TAX_PAYABLE = account('202140', 'Sales tax payable');

const WIP_COST = account('142100', 'WIP - cost value');
const WIP_SALES = account('142200', 'WIP - sales value');
const OFFSET = account('200140', 'Project - offset account');

const COST_ACCOUNTS: Readonly<Record<string, Account>> = {
  Hour: account('540100', 'Project - cost of hours'),
  Expense: account('540200', 'Project - cost of expenses'),
  Item: account('540300', 'Project - cost of items'),
  Fee: account('540400', 'Project - cost of fees'),
};
const COST_OFFSETS: Readonly<Record<string, Account>> = { Hour: account('601500', 'Payroll allocation') };

const SALES_ACCOUNTS: Readonly<Record<string, Accounts>> = {
  Sales: { debit: WIP_SALES, credit: account('401100', 'Project - accrued revenue') },
  BilledSales: {
    debit: account('130100', 'Accounts receivable'),
    credit: account('401200', 'Project - invoiced revenue'),
  },
  ProjectContract: {
    debit: account('130100', 'Accounts receivable'),
    credit: account('250100', 'Project - on account'),
  },
  InterOrganizationalSales: {
    debit: account('130500', 'Inter-company receivable'),
    credit: account('401500', 'Project - inter-company revenue'),
  },
};

/** What a line needs to find its accounts. */
export interface Posted {
  readonly transType: string;
  readonly transactionType: string;
  readonly property: string;
  readonly projectType: string;
}

/** Undefined where the line property lets nothing reach the ledger: sales whose revenue is not accrued. */
export function accountsOf(
  books: Books,
  { transType, transactionType, property, projectType }: Posted,
): Accounts | undefined {
  const options = books.own('ProjProjectLineProperties', property);
  if (COSTS.has(transType)) {
    const capitalised = projectType === 'FixedPrice' && options?.text('EnabledCapitalizeCost') === 'Yes';
    return {
      debit: capitalised ? WIP_COST : (COST_ACCOUNTS[transactionType] ?? OFFSET),
      credit: COST_OFFSETS[transactionType] ?? OFFSET,
    };
  }
  const accounts = SALES_ACCOUNTS[transType];
  if (accounts && transactionType === TAX) return { ...accounts, credit: TAX_PAYABLE };
  return transType === 'Sales' && options?.text('EnableAccrueRevenue') !== 'Yes' ? undefined : accounts;
}

const TAX = 'Tax';
