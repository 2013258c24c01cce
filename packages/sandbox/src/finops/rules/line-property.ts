import type { Draft } from '../draft.js';
import { rowRefused } from '../refusals.js';
import { linePropertyOf } from '../parameters.js';

/** Labels of billing types, as the refusal of an unmapped one names them. */
const BILLING_TYPES: Readonly<Record<string, string>> = {
  NotAvailable: 'Not available',
  NonChargeable: 'Non-chargeable',
  Chargeable: 'Chargeable',
  Complimentary: 'Complimentary',
};

/** The line property of a transaction is the one that the company's parameters give for its billing type. */
export function requireLineProperty(draft: Draft, company = draft.company): string {
  const billingType = draft.text('BillingType');
  const property = linePropertyOf(draft.store, company, billingType);
  if (property) return String(property);
  const label = BILLING_TYPES[billingType] ?? billingType;
  throw rowRefused(draft.table.schema.model, 'Error', `Line property ${label} doesn't exist.`);
}
