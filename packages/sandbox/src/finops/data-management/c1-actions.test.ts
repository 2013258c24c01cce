import { expect } from 'chai';
import type { Json, SandboxClient } from '../../client.test.support.js';
import { mustCreate, startWithCompanies } from '../world.test.support.js';
import { act, EXPORT_ORDER } from './package.test.support.js';

/** What C1 lists, with what each is given and what it gives back. */
const ofPackage =
  'packageUrl: String, definitionGroupId: String, executionId: String, execute: Boolean, overwrite: Boolean, legalEntityId: String';
const ofExport =
  'definitionGroupId: String, packageName: String, executionId: String, reExecute: Boolean, legalEntityId: String';
const ofEntity = 'executionId: String, entityName: String';
const ACTIONS: Readonly<Record<string, string>> = {
  GetAzureWriteUrl: '(uniqueFileName: String): String',
  ImportFromPackage: `(${ofPackage}): String`,
  ImportFromPackageAsync: `(${ofPackage}): String`,
  GetExecutionSummaryStatus: '(executionId: String): String',
  GetExecutionErrors: '(executionId: String): String',
  GenerateImportTargetErrorKeysFile: `(${ofEntity}): Boolean`,
  GetImportTargetErrorKeysFileUrl: `(${ofEntity}): String`,
  GetImportStagingErrorFileUrl: `(${ofEntity}): String`,
  ExportToPackage: `(${ofExport}): String`,
  ExportToPackageAsync: `(${ofExport}): String`,
  ExportToPackagePreview: `(${ofExport}, count: Int32): String`,
  ExportToPackagePreviewAsync: `(${ofExport}, count: Int32): String`,
  GetExportedPackageUrl: '(executionId: String): String',
  GetMessageStatus: '(messageId: String): String',
  GetEntityExecutionSummaryStatusList: '(executionId: String): String',
  GetExecutionSummaryPageUrl: '(executionId: String): String',
  DeleteExecutionHistoryJob: '(executionId: String): Boolean',
  ExportFromPackage: `(${ofPackage}): String`,
  ExportToPackageDelta: `(${ofExport}): String`,
  ResetVersionToken: '(definitionGroupId: String): Boolean',
  InitializeDataManagement: '(): Boolean',
};

/** The actions of data projects in `$metadata`, written like those above. */
function declaredIn(csdl: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', inner = ''] of csdl.matchAll(/<Action Name="(\w+)" IsBound="true">(.*?)<\/Action>/g)) {
    const [bound, ...parameters] = [...inner.matchAll(/<Parameter Name="(\w+)" Type="([^"]+)" \/>/g)];
    if (bound?.[2] !== 'Collection(Microsoft.Dynamics.DataEntities.DataManagementDefinitionGroup)') continue;
    const [, returns = ''] = /<ReturnType Type="Edm\.(\w+)" \/>/.exec(inner) ?? [];
    const given = parameters.map(([, parameter, type = '']) => `${parameter}: ${type.replace('Edm.', '')}`);
    found[name] = `(${given.join(', ')}): ${returns}`;
  }
  return found;
}

describe('protocols C1: the actions', () => {
  let client: SandboxClient;

  before(async () => {
    client = await startWithCompanies();
  });
  after(() => client.sandbox.stop());

  it('C1: all of them are declared in $metadata, with parameters and types', async () => {
    const { text } = await client.finops('GET', '$metadata');
    expect(declaredIn(text)).to.deep.equal(ACTIONS);
  });

  it('C1: and all of them are there: without their parameters they are refused, and not unknown', async () => {
    for (const [name, signature] of Object.entries(ACTIONS)) {
      const { status } = await act(client, name, {});
      expect(status, name).to.equal(signature.startsWith('()') ? 200 : 400);
    }
  });

  it('C1: InitializeDataManagement: has nothing to do here, and says that it is done', async () => {
    const { json } = await act(client, 'InitializeDataManagement', {});
    expect(json['@odata.context']).to.match(/\$metadata#Edm\.Boolean$/);
    expect(json.value).to.equal(true);
  });
});

describe('protocols C1: the switch for values in values', () => {
  /** What an export, the address of its package, its status and an address to write to are answered with. */
  const answers = async (nestedValues?: 'never' | 'exports' | 'always'): Promise<Json[]> => {
    const client = await startWithCompanies({ finops: nestedValues ? { nestedValues } : {} });
    try {
      await mustCreate(client, 'DataManagementDefinitionGroups', { Name: 'Out', OperationType: 'Export' });
      const executionId = 'out';
      const asked: readonly [name: string, parameters: Json][] = [
        ['ExportToPackage', { ...EXPORT_ORDER, executionId }],
        ['GetExportedPackageUrl', { executionId }],
        ['GetExecutionSummaryStatus', { executionId }],
        ['GetAzureWriteUrl', { uniqueFileName: 'a.zip' }],
      ];
      const values = [];
      for (const [name, parameters] of asked) values.push((await act(client, name, parameters)).json.value);
      return values.map((value) => (typeof value === 'string' ? 'text' : Object.keys(value).join()));
    } finally {
      await client.sandbox.stop();
    }
  };

  it('C1: a value is a plain text', async () => {
    expect(await answers()).to.deep.equal(['text', 'text', 'text', 'text']);
  });

  it('C1: those of exports hold a value once more, as in the samples of the documentation', async () => {
    expect(await answers('exports')).to.deep.equal(['value', 'value', 'text', 'text']);
  });

  it('C1: or all of them do', async () => {
    expect(await answers('always')).to.deep.equal(['value', 'value', 'value', 'value']);
  });
});
