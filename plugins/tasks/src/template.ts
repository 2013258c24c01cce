import { Template } from '@isthmus/core';
import { integrationParameters } from '@isthmus/project-accounting';
import { ProjectTask } from './project-task.js';

@Template({
  name: 'project-tasks',
  title: 'Project tasks',
  version: 1,
  direction: { from: 'psa', to: 'finops' },
  tasks: [ProjectTask],
  prerequisites: [integrationParameters()],
})
export class ProjectTasks {}
