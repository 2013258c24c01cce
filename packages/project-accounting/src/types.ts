import { Parameter } from '@isthmus/core';
import { BILLING_TYPE, TRANSACTION_TYPE } from './option-sets.js';
import { IsTextMap, type TextMap } from './option-maps.js';

/** What F&O calls a billing type that PSA leaves open, or that is none of the others. */
export const BILLING_TYPE_UNKNOWN = 'NotAvailable';

/** PSA billing type → F&O, as the publisher's templates have it. */
export const BILLING_TYPES: TextMap = {
  [BILLING_TYPE.nonChargeable]: 'NonChargeable',
  [BILLING_TYPE.chargeable]: 'Chargeable',
  [BILLING_TYPE.complimentary]: 'Complimentary',
};

/** PSA transaction type → F&O, for estimates; every other type stays empty. */
export const ESTIMATE_TRANSACTION_TYPES: TextMap = {
  [TRANSACTION_TYPE.cost]: 'Cost',
  [TRANSACTION_TYPE.unbilledSales]: 'Sales',
};

/** For actuals. Only Cost and Sales are documented; the other symbols follow PSA's labels. */
export const ACTUAL_TRANSACTION_TYPES: TextMap = {
  ...ESTIMATE_TRANSACTION_TYPES,
  [TRANSACTION_TYPE.projectContract]: 'ProjectContract',
  [TRANSACTION_TYPE.billedSales]: 'BilledSales',
  [TRANSACTION_TYPE.resourcingUnitCost]: 'ResourcingUnitCost',
  [TRANSACTION_TYPE.interOrganizationalSales]: 'InterOrganizationalSales',
};

/** The parameter that estimates and actuals share. */
export class BillingTypeParameters {
  @Parameter({
    doc: `PSA billing type (192350000 non-chargeable, 192350001 chargeable, 192350002 complimentary) → F&O; anything else is ${BILLING_TYPE_UNKNOWN}.`,
  })
  @IsTextMap()
  billingTypes: TextMap = BILLING_TYPES;
}
