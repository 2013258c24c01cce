export { linePropertyOfBillingType, linkedCategory, supportedProject } from './needs.js';
export { backwards, IsOptionMap, IsTextMap } from './option-maps.js';
export type { OptionMap, TextMap } from './option-maps.js';
export { BILLING_TYPE, TRANSACTION_CLASSIFICATION, TRANSACTION_TABLE, TRANSACTION_TYPE } from './option-sets.js';
export { integrationParameters, linkedCategories } from './prerequisites.js';
export { relationshipsOf, TransactionRelationship } from './relationships.js';
export type { TransactionConnection } from './relationships.js';
export type { Currency, OrganizationalUnit, ProjectReference, SalesContract } from './rows.js';
export {
  ACTUAL_TRANSACTION_TYPES,
  BILLING_TYPE_UNKNOWN,
  BILLING_TYPES,
  BillingTypeParameters,
  ESTIMATE_TRANSACTION_TYPES,
} from './types.js';
export { applyChanges, checkForm, planChanges, readForm } from './integration-parameters/index.js';
export type { Form, SettingChange, Settings } from './integration-parameters/index.js';
