import { From, IntegrationKey, is, LookupByKey, MapEntity, Plugin, Template } from '@isthmus/core';

@MapEntity({
  task: 'tasks', title: 'Project tasks', source: 'msdyn_projecttasks', sourceId: 'msdyn_projecttaskid',
  destination: 'ProjCDSTaskEntity', filter: [is('msdyn_islinetask', false)],
  organization: 'msdyn_project.msdyn_contractorganizationalunitid.msdyn_name',
})
class Task {
  @From('msdyn_projecttaskid') @IntegrationKey() Task!: string;
  @From('msdyn_project.msdynce_projectnumber') @LookupByKey('projects') ProjectId!: string;
  @From('msdyn_subject') Name!: string;
  @From('msdyn_wbsid') WorkBreakdownStructureID!: string;
}

@Template({ name: 'my-tasks', title: 'My tasks', version: 1, direction: { from: 'psa', to: 'finops' }, tasks: [Task] })
class MyTasks {}

@Plugin({ name: 'my-tasks', core: '0.x', templates: [MyTasks] })
export default class MyPlugin {}
