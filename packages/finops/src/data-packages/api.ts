import { isIsthmusError, type Clock } from '@isthmus/core';
import { isJsonObject, literal, queryString, type JsonObject, type JsonValue, type ODataClient } from '@isthmus/odata';
import { errors } from '../errors.js';
import { awaitFile } from './await-file.js';
import { linesOf } from './error-file.js';
import { isUnfinished, statusOf } from './job-state.js';
import type { PackageStorage } from './storage.js';

const ACTIONS = 'DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.';

export interface ImportOrder {
  readonly url: string;
  readonly group: string;
  readonly executionId: string;
  readonly legalEntity: string;
}

/** The actions of the package API, each in one method. */
export class PackageApi {
  constructor(
    private readonly client: ODataClient,
    private readonly storage: PackageStorage,
    private readonly clock: Clock,
  ) {}

  /** Where a file may be put: an address that carries its own permission. */
  async writeUrl(fileName: string): Promise<string> {
    const value = await this.act('GetAzureWriteUrl', { uniqueFileName: fileName });
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : undefined;
    const url = typeof parsed === 'object' && parsed !== null && 'BlobUrl' in parsed ? parsed.BlobUrl : undefined;
    if (typeof url !== 'string') throw errors.FINOPS_PACKAGE_UPLOAD({ reason: 'the service gave no address' });
    return url;
  }

  /** Never sent twice: what became of it is asked by its id. */
  async import({ url, group, executionId, legalEntity }: ImportOrder): Promise<void> {
    await this.act('ImportFromPackage', {
      packageUrl: url,
      definitionGroupId: group,
      executionId,
      execute: true,
      overwrite: true,
      legalEntityId: legalEntity,
    });
  }

  /** Undefined where the service does not know the execution, or not yet. */
  async status(executionId: string): Promise<string | undefined> {
    const status = textOf(await this.ask('GetExecutionSummaryStatus', { executionId }));
    return status === '' || status === 'Unknown' ? undefined : status;
  }

  /** The same by the list of executions, which shows one as soon as it is begun; undefined where it is not there. */
  async listedStatus(executionId: string): Promise<string | undefined> {
    return statusOf(await this.jobsOf(executionId));
  }

  /** What the service has to say of rows and files that did not get through. */
  async errors(executionId: string): Promise<string[]> {
    const value = await this.ask('GetExecutionErrors', { executionId });
    const list: unknown = typeof value === 'string' && value !== '' ? JSON.parse(value) : [];
    return Array.isArray(list) ? list.map((item: JsonObject) => String(item['ErrorMessage'] ?? '')) : [];
  }

  /** Lines of the error file of a step, header first; undefined where there is none. */
  async errorFile(
    step: 'staging' | 'target',
    executionId: string,
    entityName: string,
  ): Promise<string[][] | undefined> {
    const parameters = { executionId, entityName };
    const url = step === 'target' ? await this.keysFile(parameters) : await this.stagingFile(parameters);
    if (url === '') return undefined;
    return linesOf(await this.storage.get(url));
  }

  /** The service makes the file when it is asked to, and until then gives no address. */
  private async keysFile(parameters: JsonObject): Promise<string> {
    if ((await this.ask('GenerateImportTargetErrorKeysFile', parameters)) !== true) return '';
    return awaitFile(async () => textOf(await this.ask('GetImportTargetErrorKeysFileUrl', parameters)), this.clock);
  }

  private async stagingFile(parameters: JsonObject): Promise<string> {
    return textOf(await this.ask('GetImportStagingErrorFileUrl', parameters));
  }

  /** Rows that an execution has created and updated. */
  async written(executionId: string): Promise<number> {
    const jobs = await this.jobsOf(executionId);
    const count = (job: JsonObject, name: string): number => Number(job[name] ?? 0);
    return jobs.reduce(
      (sum, job) => sum + count(job, 'TargetRecordsCreatedCount') + count(job, 'TargetRecordsUpdatedCount'),
      0,
    );
  }

  /** Imports of a data project that have not come to an end. */
  async unfinished(group: string): Promise<string[]> {
    const jobs = await this.jobs(`DefinitionGroupId eq ${literal.text(group)}`);
    return [...new Set(jobs.filter(isUnfinished).map(({ JobId }) => String(JobId)))];
  }

  private jobsOf(executionId: string): Promise<JsonObject[]> {
    return this.jobs(`JobId eq ${literal.text(executionId)}`);
  }

  private async jobs(filter: string): Promise<JsonObject[]> {
    const path = `DataManagementExecutionJobDetails${queryString({ filter })}`;
    const body = (await this.client.send({ method: 'GET', path })).json();
    const value = isJsonObject(body) ? body['value'] : undefined;
    return Array.isArray(value) ? value.filter(isJsonObject) : [];
  }

  /** Asks about an execution; undefined where the service has no record of it, or not yet. */
  private async ask(action: string, parameters: JsonObject): Promise<JsonValue | undefined> {
    try {
      return await this.act(action, parameters);
    } catch (thrown) {
      if (isIsthmusError(thrown) && /not found/i.test(thrown.message)) return undefined;
      throw thrown;
    }
  }

  private async act(action: string, parameters: JsonObject): Promise<JsonValue | undefined> {
    const idempotent = action !== 'ImportFromPackage';
    const body = JSON.stringify(parameters);
    const answer = (await this.client.send({ method: 'POST', path: ACTIONS + action, body, idempotent })).json();
    const value = isJsonObject(answer) ? answer['value'] : undefined;
    // Some versions wrap the value once more.
    return isJsonObject(value) ? value['value'] : value;
  }
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
