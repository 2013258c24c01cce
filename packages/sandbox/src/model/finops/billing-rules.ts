import { date, enumeration, guid, perCompany, real, text, whole } from './fields.js';

/** What F&O makes of contract lines and milestones. Keyed by the PSA id that they came with; names are this sandbox's own. */

const billingRule = perCompany({
  name: 'ProjBillingRule',
  set: 'ProjBillingRules',
  aotName: 'ProjBillingRuleEntity',
  label: 'Project contract billing rules',
  readOnly: true,
  key: ['TransactionId'],
  properties: [
    guid('TransactionId', 'mandatory'),
    text('ContractId', 20, 'mandatory'),
    whole('ContractLine', 'mandatory'),
    enumeration('Type', 'ProjType', 'mandatory'),
    text('Description', 60),
    text('ProjectId', 20),
  ],
});

const billingRuleMilestone = perCompany({
  name: 'ProjBillingRuleMilestone',
  set: 'ProjBillingRuleMilestones',
  aotName: 'ProjBillingRuleMilestoneEntity',
  label: 'Project contract billing rule milestones',
  readOnly: true,
  key: ['TransactionId'],
  properties: [
    guid('TransactionId', 'mandatory'),
    guid('ContractLineRef', 'mandatory'),
    text('ContractId', 20, 'mandatory'),
    text('Description', 60),
    date('InvoiceDate'),
    text('CurrencyId', 3),
    real('Amount'),
  ],
});

export const billingRules = [billingRule, billingRuleMilestone];
