import type { Value } from '../../store/index.js';
import type { Draft } from '../draft.js';
import { carryInto } from './becomes.js';
import { defaultProjectGroup } from '../parameters.js';
import { contract, projectId } from './references.js';
import type { EntityRules } from './rules.js';

export const BILLING_RULES = 'ProjBillingRules';

export const contractLine: EntityRules = {
  references: [contract('ContractId'), projectId],
  written: (draft, row) => {
    carryInto(BILLING_RULES, draft, row);
    switchProjectType(draft);
  },
  dependents: [
    { set: 'ProjCDSContractLineMilestoneImports', field: 'ContractLineRef', label: 'Project contract line milestones' },
  ],
  becomes: BILLING_RULES,
};

/** The billing method of a line becomes its project's type, and brings that type's group along. */
function switchProjectType(draft: Draft): void {
  const projects = draft.store.table('ProjCDSProjects');
  const project = projects?.byKey(draft.company, draft.text('ProjectId'));
  const type = projects?.schema.byName.get('ProjectType');
  const group = projects?.schema.byName.get('ProjectGroup');
  if (!projects || !project || !type || !group || project.values[type.slot] === draft.value('Type')) return;
  const values: Value[] = [...project.values];
  values[type.slot] = draft.value('Type');
  values[group.slot] = defaultProjectGroup(draft.store, draft.company, draft.text('Type')) ?? '';
  projects.replace(project, values, draft.store.nextVersion());
}
