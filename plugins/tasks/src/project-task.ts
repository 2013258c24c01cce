import { fieldsOf, IntegrationKey, LookupByKey, MapEntity } from '@isthmus/core';
import type { ProjectReference } from '@isthmus/project-accounting';

/** A row of `msdyn_projecttask`: a node of the work breakdown structure. */
interface PsaTask {
  msdyn_projecttaskid: string;
  msdyn_subject: string | null;
  /** Place in the work breakdown structure, such as 1.2.1; a line task has none. */
  msdyn_wbsid: string | null;
  /** One resource's share of its parent. */
  msdyn_islinetask: boolean | null;
  _msdyn_parenttask_value: string | null;
  msdyn_project: ProjectReference | null;
}

const { From, is, LookupByCrossReference, path } = fieldsOf<PsaTask>();

/** Becomes a project activity. A task waits for its parent, so that parents come first in whatever order they are read. */
@MapEntity({
  task: 'project-tasks',
  title: 'Project tasks',
  source: 'msdyn_projecttasks',
  sourceId: 'msdyn_projecttaskid',
  destination: 'ProjCDSTaskEntity',
  filter: [is('msdyn_islinetask', false)],
  organization: path('msdyn_project.msdyn_contractorganizationalunitid.msdyn_name'),
})
export class ProjectTask {
  @From('msdyn_projecttaskid') @IntegrationKey() Task!: string;
  @From('msdyn_project.msdynce_projectnumber') @LookupByKey('projects') ProjectId!: string;
  @From('msdyn_subject') Name!: string;
  @From('msdyn_wbsid') WorkBreakdownStructureID!: string;
  @LookupByCrossReference('project-tasks', '_msdyn_parenttask_value') ParentTask!: string;
}
