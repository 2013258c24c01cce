/** Choices that several PSA tables share (CDM projectCommon); value → label. */
export const billingType = {
  192350000: 'Non Chargeable',
  192350001: 'Chargeable',
  192350002: 'Complimentary',
  192350003: 'Not Available',
} as const;

export const transactionType = {
  192350000: 'Cost',
  192350004: 'Project Contract',
  192350005: 'Unbilled Sales',
  192350006: 'Billed Sales',
  192350007: 'Resourcing Unit Cost',
  192350008: 'Inter-Organizational Sales',
} as const;

export const transactionClassification = {
  192350000: 'Time',
  192350001: 'Expense',
  192350002: 'Material',
  192350003: 'Milestone',
  192350004: 'Fee',
  690970002: 'Tax',
} as const;

export const billingStatus = {
  192350000: 'Unbilled Sales Created',
  192350001: 'Customer Invoice Created',
  192350002: 'Customer Invoice Posted',
  192350003: 'Canceled',
  192350004: 'Ready to Invoice',
} as const;

export const amountMethod = {
  192350000: 'Multiply Quantity By Price',
  192350001: 'Fixed Price',
  192350002: 'Multiply Basis Quantity By Price',
  192350003: 'Multiply Basis Amount By Percent',
} as const;

export const adjustmentStatus = { 192350000: 'In Process', 192350001: 'Adjusted', 192350002: 'Unadjustable' } as const;

export const customerType = { 192350001: 'Account', 192350002: 'Contact' } as const;

export const billingMethod = { 192350000: 'Time and Material', 192350001: 'Fixed Price' } as const;

export const orderType = { 192350000: 'Item based', 192350001: 'Work based' } as const;

export const contractStatus = {
  192350000: 'Draft',
  192350001: 'On hold',
  192350002: 'Active',
  192350003: 'Closed',
} as const;

export const contractStatusReason = {
  192350000: 'Draft',
  192350001: 'In review',
  192350002: 'On hold',
  192350003: 'Confirmed',
  192350004: 'Completed',
  192350005: 'Lost',
  192350006: 'Abandoned',
} as const;

export const paymentTerms = { 1: 'Net 30', 2: '2% 10, Net 30', 3: 'Net 45', 4: 'Net 60' } as const;

export const milestoneInvoiceStatus = {
  192350000: 'Not Ready for invoicing',
  192350001: 'Ready for invoicing',
  192350002: 'Customer invoice created',
  192350003: 'Customer invoice posted',
} as const;

export const active = { 0: 'Active', 1: 'Inactive' } as const;

export const activeReason = { 1: 'Active', 2: 'Inactive' } as const;

/** Why the price of an order or of a line could not be computed. */
export const pricingError = {
  0: 'None',
  1: 'Detail Error',
  2: 'Missing Price Level',
  3: 'Inactive Price Level',
  4: 'Missing Quantity',
  5: 'Missing Unit Price',
  6: 'Missing Product',
  7: 'Invalid Product',
  8: 'Missing Pricing Code',
  9: 'Invalid Pricing Code',
  10: 'Missing UOM',
  11: 'Product Not In Price Level',
  12: 'Missing Price Level Amount',
  13: 'Missing Price Level Percentage',
  14: 'Missing Price',
  15: 'Missing Current Cost',
  16: 'Missing Standard Cost',
  17: 'Invalid Price Level Amount',
  18: 'Invalid Price Level Percentage',
  19: 'Invalid Price',
  20: 'Invalid Current Cost',
  21: 'Invalid Standard Cost',
  22: 'Invalid Rounding Policy',
  23: 'Invalid Rounding Option',
  24: 'Invalid Rounding Amount',
  25: 'Price Calculation Error',
  26: 'Invalid Discount Type',
  27: 'Discount Type Invalid State',
  28: 'Invalid Discount',
  29: 'Invalid Quantity',
  30: 'Invalid Pricing Precision',
  31: 'Missing Product Default UOM',
  32: 'Missing Product UOM Schedule',
  33: 'Inactive Discount Type',
  34: 'Invalid Price Level Currency',
  35: 'Price Attribute Out Of Range',
  36: 'Base Currency Attribute Overflow',
  37: 'Base Currency Attribute Underflow',
} as const;

export const shippingMethod = {
  1: 'Airborne',
  2: 'DHL',
  3: 'FedEx',
  4: 'UPS',
  5: 'Postal Mail',
  6: 'Full Load',
  7: 'Will Call',
} as const;
