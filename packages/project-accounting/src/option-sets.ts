/** PSA option values that filters and value maps name (CDM `projectCommon`). */

export const BILLING_TYPE = {
  nonChargeable: 192350000,
  chargeable: 192350001,
  complimentary: 192350002,
  notAvailable: 192350003,
} as const;

export const TRANSACTION_TYPE = {
  cost: 192350000,
  projectContract: 192350004,
  unbilledSales: 192350005,
  billedSales: 192350006,
  resourcingUnitCost: 192350007,
  interOrganizationalSales: 192350008,
} as const;

export const TRANSACTION_CLASSIFICATION = {
  time: 192350000,
  expense: 192350001,
  material: 192350002,
  milestone: 192350003,
  fee: 192350004,
  tax: 690970002,
} as const;

/** Logical table names, as transaction connections spell them. */
export const TRANSACTION_TABLE = { actual: 'msdyn_actual', estimateLine: 'msdyn_estimateline' } as const;
