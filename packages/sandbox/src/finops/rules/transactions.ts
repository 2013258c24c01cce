import type { Draft } from '../draft.js';
import { rowRefused } from '../refusals.js';
import { linePropertyOf } from './integration.js';
import { contract, currency, projectId } from './references.js';
import type { EntityRules } from './rules.js';

/** Labels of billing types, as the refusal of an unmapped one names them. */
const BILLING_TYPES: Readonly<Record<string, string>> = {
  NotAvailable: 'Not available',
  NonChargeable: 'Non-chargeable',
  Chargeable: 'Chargeable',
  Complimentary: 'Complimentary',
};

/** The line property of a transaction is the one that the parameters give for its billing type. */
function requireLineProperty(draft: Draft): void {
  const billingType = draft.text('BillingType');
  if (linePropertyOf(draft.store, draft.company, billingType)) return;
  const label = BILLING_TYPES[billingType] ?? billingType;
  throw rowRefused(draft.table.schema.model, 'Error', `Line property ${label} doesn't exist.`);
}

export const task: EntityRules = { references: [projectId] };

export const hourEstimate: EntityRules = { references: [projectId, currency('SalesCurrency')] };

export const expenseEstimate: EntityRules = {
  references: [projectId, currency('CurrencyId')],
  validateWrite: requireLineProperty,
};

export const actual: EntityRules = {
  references: [projectId, contract('ContractId'), currency('TransactionCurrencyId')],
  validateWrite: requireLineProperty,
};
