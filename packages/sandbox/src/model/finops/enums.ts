/**
 * F&O enumerations; a member's value is its index. Symbols that the publisher documents: `NoYes`, the six project types,
 * the four billing types, and of the transaction types Cost and Sales. The rest is this sandbox's own, after PSA's labels.
 */
export const enumMembers = {
  NoYes: ['No', 'Yes'],
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
} as const;

export type EnumName = keyof typeof enumMembers;
