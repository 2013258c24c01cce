import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { CapturedFile, CapturedRequest } from './capture.js';
import { signIn, type Announcement } from './company.js';

/** Puts the packages of a captured run into the storage of a fresh sandbox and has them imported, one after the other. */
interface PackagePumpSettings {
  readonly capture: string;
  readonly systems: Announcement;
  /** Where the seconds go. */
  readonly result: string;
}

const ACTIONS = '/data/DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.';
const PAUSE_MS = 5;

interface Package {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly order: { readonly executionId: string };
}

/** A file is followed by the order to import it. */
function packagesIn(capture: string): Package[] {
  const packages: Package[] = [];
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  for (const line of readFileSync(capture, 'utf8').trim().split('\n')) {
    const item = JSON.parse(line) as CapturedFile | CapturedRequest;
    if ('base64' in item) bytes = Uint8Array.from(Buffer.from(item.base64, 'base64'));
    else if (bytes && item.path.endsWith('ImportFromPackage')) {
      packages.push({ bytes, order: JSON.parse(item.body) as Package['order'] });
      bytes = undefined;
    }
  }
  return packages;
}

async function pump({ capture, systems, result }: PackagePumpSettings): Promise<void> {
  const packages = packagesIn(capture);
  if (packages.length === 0) throw new RangeError('The captured run has sent no packages.');
  const { url } = systems.finops;
  const headers = { authorization: await signIn(systems, url), 'content-type': 'application/json' };
  const act = async (action: string, parameters: object): Promise<string> => {
    const answer = await fetch(url + ACTIONS + action, { method: 'POST', headers, body: JSON.stringify(parameters) });
    const said = await answer.text();
    if (!answer.ok) throw new RangeError(`${action}: ${answer.status} ${said}`);
    return String((JSON.parse(said) as { value: unknown }).value);
  };

  const started = performance.now();
  for (const { bytes, order } of packages) {
    const { executionId } = order;
    const place = await act('GetAzureWriteUrl', { uniqueFileName: `${executionId}.zip` });
    const { BlobUrl: packageUrl } = JSON.parse(place) as { BlobUrl: string };
    const put = await fetch(packageUrl, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body: bytes });
    if (!put.ok) throw new RangeError(`PUT: ${put.status}`);
    await act('ImportFromPackage', { ...order, packageUrl });
    let status = '';
    while (['', 'NotRun', 'Executing'].includes(status)) {
      await pause(PAUSE_MS);
      status = await act('GetExecutionSummaryStatus', { executionId });
    }
    // A few rows of the company are meant to be refused.
    if (!status.endsWith('Succeeded')) throw new RangeError(`An import ended as ${status}.`);
  }
  writeFileSync(result, String((performance.now() - started) / 1000));
}

await pump(JSON.parse(process.argv[2] ?? '{}') as PackagePumpSettings);
