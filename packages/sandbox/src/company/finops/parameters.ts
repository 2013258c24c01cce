import type { enumMembers } from '../../model/index.js';
import type { Row } from '../types.js';

/** Set-up of a legal entity for the integration; the parameters refer to the groups, properties and terms below them. */

type ProjType = (typeof enumMembers)['ProjType'][number];
type BillingType = (typeof enumMembers)['ProjCDSBillingType'][number];

const groups: Record<ProjType, { id: string; name: string }> = {
  TimeMaterial: { id: 'TM', name: 'Time and material' },
  FixedPrice: { id: 'FP', name: 'Fixed price' },
  Investment: { id: 'INV', name: 'Investment' },
  Cost: { id: 'COST', name: 'Cost projects' },
  Internal: { id: 'INT', name: 'Internal' },
  TimeProject: { id: 'TIME', name: 'Time projects' },
};

const lineProperties: Record<BillingType, { id: string; name: string; chargeable: 'Yes' | 'No' }> = {
  NotAvailable: { id: 'NotAvail', name: 'Not available', chargeable: 'No' },
  NonChargeable: { id: 'NonChrg', name: 'Nonchargeable', chargeable: 'No' },
  Chargeable: { id: 'Chargeable', name: 'Chargeable', chargeable: 'Yes' },
  Complimentary: { id: 'Compliment', name: 'Complimentary', chargeable: 'No' },
};

export const parameters: Row[] = [
  { IntegrationEnabled: 'Yes', DefaultProjectType: 'TimeMaterial', TimeCategory: 'Consulting', FeeCategory: 'Fee' },
];

export const projectGroupDefaults: Row[] = Object.entries(groups).map(([type, { id }]) => ({
  ProjectType: type,
  ProjectGroup: id,
}));

export const billingTypeDefaults: Row[] = Object.entries(lineProperties).map(([type, { id }]) => ({
  BillingType: type,
  LinePropertyId: id,
}));

export const projectGroups: Row[] = Object.entries(groups).map(([type, { id, name }]) => ({
  ProjectGroup: id,
  Name: name,
  ProjectType: type,
}));

export const linePropertyRows: Row[] = Object.values(lineProperties).map(({ id, name, chargeable }) => ({
  LinePropertyId: id,
  Name: name,
  IsChargeable: chargeable,
  EnableAccrueRevenue: chargeable,
  EnabledCapitalizeCost: 'Yes',
  CostPercentage: '100.000000',
  SalesPercentage: '100.000000',
}));

export const paymentTerms: Row[] = [
  { Name: 'Net30', Description: 'Net 30 days', NumberOfDays: 30 },
  { Name: '2%10Net30', Description: '2% within 10 days, net 30 days', NumberOfDays: 30 },
  { Name: 'Net45', Description: 'Net 45 days', NumberOfDays: 45 },
  { Name: 'Net60', Description: 'Net 60 days', NumberOfDays: 60 },
];
