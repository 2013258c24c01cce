import { fieldOf } from '../draft.js';
import { carryInto } from './becomes.js';
import { currency } from './references.js';
import type { EntityRules } from './rules.js';

const CONTRACT_LINES = 'ProjCDSContractLineImports';
const BILLING_RULE_MILESTONES = 'ProjBillingRuleMilestones';

export const milestone: EntityRules = {
  references: [
    { field: 'ContractLineRef', label: 'Contract line', set: CONTRACT_LINES, relatedTable: 'Project contract lines' },
    currency('CurrencyId'),
  ],
  written: (draft, row) => {
    const line = [draft.company, draft.value('ContractLineRef')];
    carryInto(BILLING_RULE_MILESTONES, draft, row, {
      ContractId: fieldOf(draft.store, CONTRACT_LINES, line, 'ContractId') ?? '',
    });
  },
  becomes: BILLING_RULE_MILESTONES,
};
