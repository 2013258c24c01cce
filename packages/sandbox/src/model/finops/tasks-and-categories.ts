import { guid, perCompany, text } from './fields.js';

const task = perCompany({
  name: 'ProjCDSTask',
  set: 'ProjCDSTasks',
  aotName: 'ProjCDSTaskEntity',
  label: 'Integration entity for project task',
  key: ['Task'],
  properties: [
    guid('Task', 'mandatory'),
    guid('ParentTask'),
    text('WorkBreakdownStructureID', 60, 'mandatory'),
    text('ProjectId', 20, 'mandatory'),
    text('Name', 60),
  ],
});

const category = perCompany({
  name: 'ProjCDSCategory',
  set: 'ProjCDSCategories',
  aotName: 'ProjCDSCategoryEntity',
  label: 'Integration entity for categories',
  key: ['CategoryId'],
  properties: [text('CategoryId', 30, 'mandatory'), text('SharedCategory', 30), guid('IntegrationId')],
});

export const tasksAndCategories = [task, category];
