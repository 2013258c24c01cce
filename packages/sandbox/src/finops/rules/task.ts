import { nextInSequence } from '../../store/index.js';
import type { Draft } from '../draft.js';
import { Rows, type Entry } from '../rows.js';
import { projectId, task as taskReference } from './references.js';
import type { EntityRules } from './rules.js';

const ACTIVITIES = 'ProjActivities';

/** Tasks become activities of their project, each below that of its parent. */
export const task: EntityRules = {
  references: [projectId, { ...taskReference('ParentTask'), label: 'Parent task' }],
  written: (draft) => becomeActivity(draft),
  dependents: [
    { set: 'ProjCDSTasks', field: 'ParentTask', label: 'Project tasks' },
    { set: 'ProjCDSEstimateHours', field: 'TaskId', label: 'Project hour estimates' },
  ],
  becomes: ACTIVITIES,
};

function becomeActivity(draft: Draft): void {
  const activities = Rows.of(draft.store, ACTIVITIES);
  const numberOf = (activity: Entry | undefined): string => activity?.text('ActivityNumber') ?? '';
  const key = [draft.company, draft.value('Task')];
  activities.put(key, {
    ActivityNumber: numberOf(activities.find(...key)) || nextInSequence(draft.store, 'ACT'),
    ParentActivityNumber: numberOf(activities.find(draft.company, draft.value('ParentTask'))),
    ProjectId: draft.text('ProjectId'),
    WorkBreakdownStructureID: draft.text('WorkBreakdownStructureID'),
    Name: draft.text('Name'),
  });
}
