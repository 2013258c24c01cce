import type { JsonObject } from '../../odata/index.js';
import { badRequest } from '../refusals.js';
import type { Caller } from './caller.js';
import { generateKeysFile, keysFileOf, stagingFileOf } from './error-files.js';
import type { EntityJob, Execution } from './execution.js';
import type { DataManagement } from './framework.js';
import { Parameters } from './parameters.js';
import type { RecurringIntegrations } from './recurring.js';

/** The set that the actions of data management are bound to. */
export const ACTION_SET = 'DataManagementDefinitionGroups';

/** What the actions work on. */
export interface DataServices {
  readonly framework: DataManagement;
  readonly recurring: RecurringIntegrations;
}

type Plain = string | boolean;
/** Samples of the documentation hold the value of exports once more. */
export type ActionValue = Plain | { readonly value: Plain };

type Action = (framework: DataManagement, parameters: Parameters, caller: Caller) => Plain;

function packageAt({ blobs }: DataManagement, parameters: Parameters): Uint8Array {
  const bytes = blobs.content(parameters.text('packageUrl'));
  if (!bytes) throw badRequest('The package could not be downloaded from the given URL.');
  return bytes;
}

const importPackage =
  (synchronous: boolean): Action =>
  (framework, parameters, { user }) => {
    const bytes = packageAt(framework, parameters);
    return framework.imports.fromPackage(bytes, {
      group: parameters.text('definitionGroupId'),
      executionId: parameters.text('executionId'),
      company: parameters.text('legalEntityId'),
      execute: parameters.flag('execute'),
      overwrite: parameters.flag('overwrite'),
      synchronous,
      user,
    }).id;
  };

const exportPackage =
  ({ delta = false, preview = false, synchronous = true }): Action =>
  (framework, parameters, { user }) =>
    framework.exports.toPackage({
      group: parameters.text('definitionGroupId'),
      executionId: parameters.text('executionId'),
      packageName: parameters.text('packageName'),
      company: parameters.text('legalEntityId'),
      limit: preview ? parameters.number('count') : Infinity,
      delta,
      synchronous,
      reExecute: parameters.flag('reExecute'),
      user,
    }).id;

/** Undefined where there is no record of it, yet or any more. */
function recorded({ executions }: DataManagement, parameters: Parameters): Execution | undefined {
  const execution = executions.find(parameters.text('executionId'));
  return execution && execution.unknownFor-- > 0 ? undefined : execution;
}

function executionOf(framework: DataManagement, parameters: Parameters): Execution {
  const execution = recorded(framework, parameters);
  if (execution) return execution;
  throw badRequest(`Records for the execution ${parameters.text('executionId')} were not found.`);
}

function jobOf(framework: DataManagement, parameters: Parameters): EntityJob | undefined {
  const name = parameters.text('entityName');
  return executionOf(framework, parameters).jobs.find(({ entityName }) => entityName === name);
}

/** Address of a file about the rows of one entity that were refused; empty where there is none. */
const errorFile =
  (fileOf: (framework: DataManagement, job: EntityJob) => string | undefined): Action =>
  (framework, parameters, { origin }) => {
    const job = jobOf(framework, parameters);
    const file = job && fileOf(framework, job);
    return file === undefined ? '' : framework.blobs.address(origin, file);
  };

const actions: Readonly<Record<string, Action>> = {
  GetAzureWriteUrl: ({ blobs }, parameters, { origin }) => {
    const { id, url } = blobs.reserve(origin, parameters.text('uniqueFileName'));
    return JSON.stringify({ BlobId: id, BlobUrl: url });
  },
  ImportFromPackage: importPackage(true),
  ImportFromPackageAsync: importPackage(false),
  GetExecutionSummaryStatus: (framework, parameters) =>
    framework.options.missingExecution === 'Unknown'
      ? (recorded(framework, parameters)?.status ?? 'Unknown')
      : executionOf(framework, parameters).status,
  GetEntityExecutionSummaryStatusList: (framework, parameters) =>
    JSON.stringify(
      executionOf(framework, parameters).jobs.map(({ entityName, stagingStatus, targetStatus }) => ({
        EntityName: entityName,
        StagingStatus: stagingStatus,
        TargetStatus: targetStatus,
      })),
    ),
  GetExecutionErrors: (framework, parameters) =>
    JSON.stringify(
      executionOf(framework, parameters).jobs.flatMap(({ faults }) =>
        faults.map(({ message, field, key }) => ({ RecordId: key.join(','), Field: field, ErrorMessage: message })),
      ),
    ),
  GenerateImportTargetErrorKeysFile: (framework, parameters) => {
    const job = jobOf(framework, parameters);
    return job !== undefined && generateKeysFile(framework, job);
  },
  GetImportTargetErrorKeysFileUrl: errorFile(keysFileOf),
  GetImportStagingErrorFileUrl: errorFile(stagingFileOf),
  ExportToPackage: exportPackage({}),
  ExportToPackageAsync: exportPackage({ synchronous: false }),
  ExportToPackagePreview: exportPackage({ preview: true }),
  ExportToPackagePreviewAsync: exportPackage({ preview: true, synchronous: false }),
  ExportToPackageDelta: exportPackage({ delta: true }),
  ExportFromPackage: (framework, parameters, { user }) =>
    framework.exports.fromTemplate(packageAt(framework, parameters), {
      group: parameters.text('definitionGroupId'),
      executionId: parameters.text('executionId'),
      company: parameters.text('legalEntityId'),
      execute: parameters.flag('execute'),
      overwrite: parameters.flag('overwrite'),
      user,
    }).id,
  GetExportedPackageUrl: (framework, parameters, { origin }) =>
    framework.blobs.address(origin, executionOf(framework, parameters).packageFile),
  GetExecutionSummaryPageUrl: (framework, parameters, { origin }) =>
    `${origin}/?mi=DMFExecutionHistoryWorkspace&executionId=${encodeURIComponent(executionOf(framework, parameters).id)}`,
  DeleteExecutionHistoryJob: (framework, parameters) => framework.executions.forget(parameters.text('executionId')),
  ResetVersionToken: (framework, parameters) => {
    framework.exports.resetVersions(parameters.text('definitionGroupId'));
    return true;
  },
  InitializeDataManagement: () => true,
};

function messageStatus(recurring: RecurringIntegrations, parameters: Parameters): string {
  const id = parameters.text('messageId');
  const state = recurring.stateOf(id);
  if (state === undefined) throw badRequest(`The message ${id} was not found.`);
  return state;
}

/** @returns what is its value in the answer; undefined where there is no such action */
export function perform(
  services: DataServices,
  name: string,
  parameters: JsonObject,
  caller: Caller,
): ActionValue | undefined {
  const value = plainValue(services, name, new Parameters(parameters), caller);
  const { nestedValues = 'never' } = services.framework.options;
  const isNested = nestedValues === 'always' || (nestedValues === 'exports' && name.includes('Export'));
  return value !== undefined && isNested ? { value } : value;
}

function plainValue(
  { framework, recurring }: DataServices,
  name: string,
  parameters: Parameters,
  caller: Caller,
): Plain | undefined {
  if (name === 'GetMessageStatus') return messageStatus(recurring, parameters);
  return Object.hasOwn(actions, name) ? actions[name]?.(framework, parameters, caller) : undefined;
}
