import type { Blueprint } from './blueprint.js';
import { contractOf, placeOfLine } from './belonging.js';
import { currencies, currencyCodes, type Currency } from './currencies.js';
import { fromBase, unitsPerOne, type Units } from './money.js';
import { dice, guids, pick } from './random.js';
import type { Row } from './types.js';
import { units, type Unit } from './units.js';

/** Makes the row at an index. */
export type RowMaker = (index: number) => Row;

export interface Customer {
  table: 'account' | 'contact';
  index: number;
  /** The account itself, or the one that the contact works for. */
  account: number;
}

/** What rows of several tables must agree on. */
export interface Context {
  plan: Blueprint;
  id(table: Table, index: number): string;
  currencyId(currency: Currency): string;
  customerOf(order: number): Customer;
  accountCurrency(account: number): Currency;
  contractCurrency(order: number): Currency;
  unitOf(order: number): { index: number; unit: Unit };
  /** Value of a contract line, in the currency of its contract. */
  lineValue(line: number): Units;
  /** Day on which a project starts. */
  startOf(project: number): number;
  /** Currency that a project's tasks are planned in. */
  projectCurrency(project: number): Currency;
}

const tables = [
  'systemuser',
  'transactioncurrency',
  'msdyn_organizationalunit',
  'account',
  'contact',
  'salesorder',
  'salesorderdetail',
  'msdyn_project',
  'msdyn_projecttask',
  'msdyn_contractlinescheduleofvalue',
  'msdyn_transactioncategory',
  'msdyn_estimateline',
  'msdyn_actual',
  'msdyn_transactionconnection',
  'role',
  'systemuserroles',
] as const;

export type Table = (typeof tables)[number];

const { USD, EUR, GBP, JPY, CHF } = currencies;

export function context(plan: Blueprint): Context {
  const roll = (label: string) => dice(plan.seed, label);
  const ids = Object.fromEntries(tables.map((table) => [table, guids(plan.seed, table)])) as Record<
    Table,
    (index: number) => string
  >;
  const currencyIds = new Map(currencyCodes.map((code, index) => [code as string, ids.transactioncurrency(index)]));
  const customer = roll('salesorder.customer');
  const currency = roll('account.currency');
  const unit = roll('salesorder.unit');
  const value = roll('salesorderdetail.value');
  const start = roll('msdyn_project.start');

  const customerOf = (order: number): Customer => {
    if (order % 10 !== 4) {
      const account = customer(order) % plan.accounts;
      return { table: 'account', index: account, account };
    }
    const contact = order % plan.contacts;
    return { table: 'contact', index: contact, account: contact % plan.accounts };
  };
  const accountCurrency = (account: number) => pick([USD, USD, USD, USD, EUR, EUR, GBP, JPY, CHF], currency(account));
  const contractCurrency = (order: number) => accountCurrency(customerOf(order).account);

  return {
    plan,
    id: (table, index) => ids[table](index),
    currencyId: ({ code }) => currencyIds.get(code) ?? '',
    customerOf,
    accountCurrency,
    contractCurrency,
    // Contracts belong to the two units that are mapped to a legal entity.
    unitOf: (order) => (unit(order) % 2 === 0 ? { index: 0, unit: units[0] } : { index: 1, unit: units[1] }),
    lineValue: (line) =>
      fromBase((50 + (value(line) % 1950)) * 100 * unitsPerOne, contractCurrency(placeOfLine(plan, line).order)),
    startOf: (project) => 200 + (start(project) % 100),
    projectCurrency: (project) => contractCurrency(contractOf(plan, project)),
  };
}
