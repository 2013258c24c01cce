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
