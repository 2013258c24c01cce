import { dataManagementActions } from './data-management-actions.js';
import { enumeration, shared, text, whole } from './fields.js';

/** Projects of data management and what became of their executions, as far as OData shows them. */

const definitionGroup = shared({
  name: 'DataManagementDefinitionGroup',
  set: 'DataManagementDefinitionGroups',
  aotName: 'DMFDefinitionGroupEntity',
  label: 'Data management definition groups',
  actions: dataManagementActions,
  key: ['Name'],
  properties: [
    text('Name', 100, 'mandatory'),
    text('Description', 60),
    enumeration('OperationType', 'DMFOperationType'),
    enumeration('ProjectCategory', 'DMFProjectCategory'),
    enumeration('GenerateDataPackage', 'NoYes'),
  ],
});

const definitionGroupDetail = shared({
  name: 'DataManagementDefinitionGroupDetail',
  set: 'DataManagementDefinitionGroupDetails',
  aotName: 'DMFDefinitionGroupDetailEntity',
  label: 'Data management definition group details',
  key: ['DefinitionGroupId', 'EntityName'],
  properties: [
    text('DefinitionGroupId', 100, 'mandatory'),
    text('EntityName', 100, 'mandatory'),
    text('SourceFormat', 40),
    // `FullPush`, or `Incremental` where change tracking is on.
    text('DefaultRefreshType', 20),
    whole('ExecutionUnit'),
    whole('LevelInExecutionUnit'),
    whole('SequenceInLevel'),
  ],
});

const executionJobDetail = shared({
  name: 'DataManagementExecutionJobDetail',
  set: 'DataManagementExecutionJobDetails',
  aotName: 'DMFExecutionJobDetailEntity',
  label: 'Data management execution job details',
  readOnly: true,
  key: ['JobId', 'EntityName'],
  properties: [
    // Id of the execution.
    text('JobId', 100, 'mandatory'),
    text('EntityName', 100, 'mandatory'),
    text('DefinitionGroupId', 100),
    text('StagingStatus', 20),
    text('TargetStatus', 20),
    whole('TargetRecordsCreatedCount'),
    whole('TargetRecordsUpdatedCount'),
  ],
});

export const dataManagement = [definitionGroup, definitionGroupDetail, executionJobDetail];
