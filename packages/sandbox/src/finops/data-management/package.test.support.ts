import { zipSync } from 'fflate';
import { tokenFor, type Answer, type Json, type SandboxClient } from '../../client.test.support.js';
import { finopsEnums, finopsModel } from '../../model/index.js';
import { Store } from '../../store/index.js';
import { FinopsService } from '../service.js';
import type { FinopsSwitches } from '../switches.js';
import { mustCreate } from '../world.test.support.js';
import { readDataFile, readPackage } from './package/index.js';

export const NAMESPACE = 'http://schemas.microsoft.com/dynamics/2015/01/DataManagement';
export const CONTRACTS = 'Integration entity for project contract';
export const COLUMNS = ['PROJECTCONTRACTID', 'NAME', 'CUSTOMERACCOUNT', 'CURRENCYCODE', 'EXCHANGERATE'];
const ACTIONS = 'DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.';

export interface PackageParts {
  readonly entityName?: string;
  readonly format?: string;
  readonly namespace?: string;
  /** Columns that have a map; all unless told. */
  readonly mapped?: readonly string[];
  readonly lineEnd?: string;
  readonly encode?: (text: string) => Uint8Array;
  /** Content of the first data file, where it is no text of rows. */
  readonly data?: Uint8Array;
  /** Elements that the first entity of the manifest has besides. */
  readonly more?: Readonly<Record<string, string>>;
  /** Label of a further entity in the manifest, of which nothing else is said. */
  readonly also?: string;
  /** Of the manifest. */
  readonly description?: string;
  /** The header, where it is not one like any other. */
  readonly header?: string;
  /** Puts the elements of the manifest's entities in their order; that of the alphabet unless told. */
  readonly arrange?: (names: readonly string[]) => readonly string[];
  /** Currencies, behind the first entity. */
  readonly second?: { readonly level: number; readonly unit?: number; readonly codes: readonly string[] };
}

export const unicode = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le');

const mapOf = (name: string): string =>
  `<EntityMap><EntityField>${name}</EntityField><XMLField>${name}</XMLField></EntityMap>`;

const alphabetical = (names: readonly string[]): readonly string[] => [...names].sort();

/** A package of one entity, right in every respect that is not told otherwise. */
export function packageOf(columns: readonly string[], rows: readonly (readonly string[])[], parts: PackageParts = {}) {
  const { entityName = CONTRACTS, format = 'CSV-Unicode', namespace = NAMESPACE, mapped = columns } = parts;
  const { lineEnd = '\r\n', encode = unicode, more, also, description = '', data: content, second } = parts;
  const { header = `<DataManagementPackageHeader xmlns="${namespace}" />`, arrange = alphabetical } = parts;
  const entity = (members: Readonly<Record<string, string>>, names: readonly string[] = []) => {
    const all: Record<string, string> = {
      ...members,
      ...(names.length > 0 && { EntityMapList: names.map(mapOf).join('') }),
    };
    const elements = arrange(Object.keys(all)).map((name) => `<${name}>${all[name]}</${name}>`);
    return `<DataManagementPackageEntityData>${elements.join('')}</DataManagementPackageEntityData>`;
  };
  const entities = [
    entity({ EntityName: entityName, InputFilePath: 'data.csv', SourceFormat: format, ...more }, mapped),
    ...(second
      ? [entity({ ...placed(second), InputFilePath: 'second.csv', SourceFormat: format }, ['CURRENCYCODE'])]
      : []),
    ...(also === undefined ? [] : [entity({ EntityName: also })]),
  ];
  const manifest =
    `<DataManagementPackageManifest xmlns="${namespace}"><DefinitionGroupName>From the manifest</DefinitionGroupName>` +
    `<Description>${description}</Description><PackageEntityList>${entities.join('')}</PackageEntityList>` +
    '</DataManagementPackageManifest>';
  const data = (lines: readonly (readonly string[])[]) => encode(lines.map((row) => row.join(',') + lineEnd).join(''));
  return zipSync({
    'Manifest.xml': unicode(manifest),
    'PackageHeader.xml': unicode(header),
    'data.csv': content ?? data([columns, ...rows]),
    ...(second && { 'second.csv': data([['CURRENCYCODE'], ...second.codes.map((code) => [code])]) }),
  });
}

const placed = ({ unit = 1, level }: NonNullable<PackageParts['second']>) => ({
  EntityName: 'Currencies',
  ExecutionUnit: String(unit),
  LevelInExecutionUnit: String(level),
  SequenceInLevel: '2',
});

export const act = ({ finops }: SandboxClient, name: string, parameters: Json): Promise<Answer> =>
  finops('POST', ACTIONS + name, { body: parameters });

export async function upload(client: SandboxClient, bytes: Uint8Array): Promise<string> {
  const { json } = await act(client, 'GetAzureWriteUrl', { uniqueFileName: 'contracts.zip' });
  const { BlobUrl } = JSON.parse(json.value) as { BlobUrl: string };
  const headers = { 'x-ms-blob-type': 'BlockBlob', 'content-type': 'application/zip' };
  const { status } = await fetch(BlobUrl, { method: 'PUT', headers, body: bytes });
  if (status !== 201) throw new TypeError(`The upload was answered with ${status}.`);
  return BlobUrl;
}

/** Uploads and imports a package. @returns the answer to the import */
export async function importOf(client: SandboxClient, bytes: Uint8Array, more: Json = {}): Promise<Answer> {
  const { asynchronous, ...parameters } = more;
  return act(client, asynchronous ? 'ImportFromPackageAsync' : 'ImportFromPackage', {
    packageUrl: await upload(client, bytes),
    definitionGroupId: 'Contracts',
    executionId: '',
    execute: true,
    overwrite: true,
    legalEntityId: 'USMF',
    ...parameters,
  });
}

/** Asks until the execution has come to an end. */
export async function statusOf(client: SandboxClient, executionId: string): Promise<string> {
  for (;;) {
    const { status, json } = await act(client, 'GetExecutionSummaryStatus', { executionId });
    if (status === 200 && json.value !== 'Executing') return json.value;
  }
}

export async function errorsOf(client: SandboxClient, executionId: string): Promise<Json[]> {
  const { json } = await act(client, 'GetExecutionErrors', { executionId });
  return JSON.parse(json.value) as Json[];
}

/** The keys of refused rows, once the file with them is generated: while it is, it has no address. */
export async function keysFileOf(client: SandboxClient, executionId: string, entityName: string): Promise<string> {
  const about = { executionId, entityName };
  await act(client, 'GenerateImportTargetErrorKeysFile', about);
  await act(client, 'GetImportTargetErrorKeysFileUrl', about);
  const { value: url } = (await act(client, 'GetImportTargetErrorKeysFileUrl', about)).json;
  return (await fetch(url)).text();
}

/** A line of a file with {@link COLUMNS}. */
export const row = (id: string, name = 'Contract', customer = 'US-001'): string[] => [
  id,
  name,
  customer,
  'USD',
  '1.25',
];

export const contractsOf = async ({ finops }: SandboxClient): Promise<Json[]> =>
  (await finops('GET', 'ProjCDSProjectContracts?$select=ProjectContractID,Name,ExchangeRate')).json.value;

/** What became of each entity of an execution. */
export async function jobsOf({ finops }: SandboxClient, executionId: string): Promise<Json[]> {
  return (await finops('GET', `DataManagementExecutionJobDetails?$filter=JobId eq '${executionId}'`)).json.value;
}

/** Two contracts, and the project `Out` that exports them. */
export async function exportProject(client: SandboxClient, refresh: string, format?: string): Promise<void> {
  await importOf(client, packageOf(COLUMNS, [row('C-1'), row('C-2')]), { executionId: 'seed' });
  await statusOf(client, 'seed');
  await mustCreate(client, 'DataManagementDefinitionGroups', { Name: 'Out', OperationType: 'Export' });
  const detail = { DefinitionGroupId: 'Out', EntityName: CONTRACTS, DefaultRefreshType: refresh, SourceFormat: format };
  await mustCreate(client, 'DataManagementDefinitionGroupDetails', detail);
}

export const EXPORT_ORDER = {
  definitionGroupId: 'Out',
  packageName: 'out.zip',
  reExecute: false,
  legalEntityId: 'USMF',
};

/** Runs an export to its end. @returns the package */
export async function exported(
  client: SandboxClient,
  executionId: string,
  action = 'ExportToPackage',
  more: Json = {},
): Promise<Uint8Array> {
  const answer = await act(client, action, { ...EXPORT_ORDER, executionId, ...more });
  if (answer.status !== 200) throw new TypeError(answer.text);
  const status = await statusOf(client, executionId);
  if (status !== 'Succeeded') throw new TypeError(status);
  const { json } = await act(client, 'GetExportedPackageUrl', { executionId });
  return new Uint8Array(await (await fetch(json.value)).arrayBuffer());
}

/** Ids of the contracts in a package. */
export function idsIn(bytes: Uint8Array): string[] {
  const { manifest, file } = readPackage(bytes);
  const [entity] = manifest.entities;
  return entity ? readDataFile(file(entity.file) ?? new Uint8Array(), entity).rows.map(([id = '']) => id) : [];
}

/** F&O without HTTP, at a time of the test's own. */
export function serviceAt(
  now: () => number,
  switches: FinopsSwitches = {},
): (method: string, url: string, body?: Json) => { readonly status: number; readonly json: Json } {
  const service = new FinopsService(new Store(finopsModel), finopsEnums, { maxPageSize: 1000, now, switches });
  return (method, url, body) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const answer = service.handle({ method, url, headers: {}, body: text }, 'http://sandbox', {
      begins: () => undefined,
      hasTargets: () => undefined,
    });
    return {
      status: answer.status,
      get json() {
        return answer.body === undefined ? undefined : JSON.parse(String(answer.body));
      },
    };
  };
}

/** Puts a file into the queue of a recurring integration. */
export async function handIn(
  { sandbox }: Pick<SandboxClient, 'sandbox'>,
  bytes: Uint8Array,
  query: string,
  more: Record<string, string> = {},
): Promise<Answer> {
  const token = await tokenFor(sandbox, sandbox.finops.url);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream', ...more };
  const url = `${sandbox.finops.url}/api/connector/enqueue/activity${query}`;
  const response = await fetch(url, { method: 'POST', headers, body: bytes });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

/** Asks until the message has come to an end. */
export async function messageStateOf(client: SandboxClient, messageId: string): Promise<string> {
  for (;;) {
    const { value } = (await act(client, 'GetMessageStatus', { messageId })).json;
    if (!/ing$|^Enqueued$/.test(value)) return value;
  }
}
