/**
 * F&O enumerations; a member's value is its index. Symbols that the publisher documents: `NoYes`, the six project types,
 * the four billing types, of the transaction types Cost and Sales, and the states of journals. The rest is this sandbox's own,
 * after the labels of the forms.
 */
export const enumMembers = {
  NoYes: ['No', 'Yes'],
  DMFOperationType: ['Export', 'Import'],
  DMFProjectCategory: ['Configuration', 'Integration'],
  ProjType: ['TimeMaterial', 'FixedPrice', 'Investment', 'Cost', 'Internal', 'TimeProject'],
  ProjStatus: ['Created', 'Estimated', 'Scheduled', 'InProcess', 'Completed'],
  ProjCDSBillingType: ['NotAvailable', 'NonChargeable', 'Chargeable', 'Complimentary'],
  ProjCDSTransType: [
    'None',
    'Cost',
    'Sales',
    'BilledSales',
    'ProjectContract',
    'ResourcingUnitCost',
    'InterOrganizationalSales',
  ],
  /** What F&O users may not edit on what came from PSA. */
  ProjCDSLockingOption: ['ProjectContract', 'FundingSource', 'BillingRule', 'Project', 'Activity', 'Category'],
  /** Tax stands for lines that carry a tax alone. */
  ProjTransType: ['None', 'Hour', 'Expense', 'Item', 'Fee', 'OnAccount', 'Tax'],
  ProjAdvancedJournalStatus: ['Draft', 'Processing', 'Posted', 'Error'],
  ProjAdvancedJournalLineStatus: ['Draft', 'Error', 'Processing', 'Posted', 'Unrecoverable', 'InvalidActuals'],
  LedgerPeriodStatus: ['Open', 'OnHold', 'Closed'],
  ExchangeRateDisplayFactor: ['One', 'Ten', 'Hundred', 'Thousand', 'TenThousand'],
  TaxRoundOffType: ['Normal', 'Downward', 'RoundingUp'],
} as const;

export type EnumName = keyof typeof enumMembers;
