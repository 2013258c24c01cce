import { nextInSequence } from '../../store/index.js';
import { contract, currency, customerAccount } from './references.js';
import type { EntityRules } from './rules.js';

export const projectContract: EntityRules = {
  references: [
    customerAccount,
    currency('CurrencyCode'),
    { field: 'PaymentTerms', label: 'Terms of payment', set: 'PaymentTerms', relatedTable: 'Terms of payment' },
  ],
  defaultRow: (draft) => {
    if (!draft.text('ProjectContractID')) draft.set('ProjectContractID', nextInSequence(draft.store, 'ORD'));
  },
  dependents: [
    { set: 'ProjCDSProjects', field: contract('ProjectContractID').field, label: 'Projects' },
    { set: 'ProjCDSContractLineImports', field: 'ContractId', label: 'Project contract lines' },
  ],
};
