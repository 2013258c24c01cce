import type { ActionModel } from '../types.js';

/** The package API: names and parameters as the publisher documents them, or as public clients call them. */

type Parameter = ActionModel['parameters'][number];

const text = (name: string): Parameter => ({ name, type: 'Edm.String' });
const flag = (name: string): Parameter => ({ name, type: 'Edm.Boolean' });
const whole = (name: string): Parameter => ({ name, type: 'Edm.Int32' });

const action = (name: string, ...parameters: Parameter[]): ActionModel => ({ name, boundTo: 'set', parameters });
const check = (name: string, ...parameters: Parameter[]): ActionModel => ({
  ...action(name, ...parameters),
  returns: 'Edm.Boolean',
});

const executionId = text('executionId');
const definitionGroupId = text('definitionGroupId');
const legalEntityId = text('legalEntityId');
const ofEntity = [executionId, text('entityName')];
const ofPackage = [
  text('packageUrl'),
  definitionGroupId,
  executionId,
  flag('execute'),
  flag('overwrite'),
  legalEntityId,
];
const ofExport = [definitionGroupId, text('packageName'), executionId, flag('reExecute'), legalEntityId];

export const dataManagementActions: ActionModel[] = [
  action('GetAzureWriteUrl', text('uniqueFileName')),
  action('ImportFromPackage', ...ofPackage),
  action('ImportFromPackageAsync', ...ofPackage),
  action('GetExecutionSummaryStatus', executionId),
  action('GetEntityExecutionSummaryStatusList', executionId),
  action('GetExecutionErrors', executionId),
  check('GenerateImportTargetErrorKeysFile', ...ofEntity),
  action('GetImportTargetErrorKeysFileUrl', ...ofEntity),
  action('GetImportStagingErrorFileUrl', ...ofEntity),
  action('ExportToPackage', ...ofExport),
  action('ExportToPackageAsync', ...ofExport),
  action('ExportToPackagePreview', ...ofExport, whole('count')),
  action('ExportToPackagePreviewAsync', ...ofExport, whole('count')),
  action('ExportToPackageDelta', ...ofExport),
  action('ExportFromPackage', ...ofPackage),
  action('GetExportedPackageUrl', executionId),
  action('GetExecutionSummaryPageUrl', executionId),
  check('DeleteExecutionHistoryJob', executionId),
  check('ResetVersionToken', definitionGroupId),
  check('InitializeDataManagement'),
  action('GetMessageStatus', text('messageId')),
];
