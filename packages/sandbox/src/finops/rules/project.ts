import { nextInSequence } from '../../store/index.js';
import { rowRefused } from '../refusals.js';
import { defaultProjectGroup, defaultProjectType } from '../parameters.js';
import { contract, customerAccount, projectId } from './references.js';
import type { EntityRules } from './rules.js';

export const project: EntityRules = {
  references: [
    customerAccount,
    contract('ProjectContractID'),
    { field: 'ProjectGroup', label: 'Project group', set: 'ProjectGroups', relatedTable: 'Project groups' },
    { ...projectId, field: 'ParentId', label: 'Parent project' },
  ],
  /** A new project takes the type of the parameters and the group of its type, until a contract line says otherwise. */
  defaultRow: (draft) => {
    if (!draft.isNew) return;
    if (!draft.text('ProjectID')) draft.set('ProjectID', nextInSequence(draft.store, 'PRJ'));
    if (!draft.isGiven('ProjectType')) {
      const type = defaultProjectType(draft.store, draft.company);
      if (type !== undefined) draft.set('ProjectType', type);
    }
    if (!draft.text('ProjectGroup')) {
      draft.set('ProjectGroup', defaultProjectGroup(draft.store, draft.company, draft.text('ProjectType')) ?? '');
    }
  },
  /** PSA has no other projects than those that can be invoiced. */
  validateWrite: (draft) => {
    const type = draft.text('ProjectType');
    if (type === 'TimeMaterial' || type === 'FixedPrice') return;
    throw rowRefused(
      draft.table.schema.model,
      'Error',
      `Projects of type ${type} cannot be integrated; only time and material and fixed price are supported.`,
    );
  },
  dependents: [
    { set: 'ProjCDSContractLineImports', field: 'ProjectId', label: 'Project contract lines' },
    { set: 'ProjCDSTasks', field: 'ProjectId', label: 'Activities' },
  ],
};
