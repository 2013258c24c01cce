import { readFileSync, writeFileSync } from 'node:fs';
import { Pool } from 'undici';
import type { CapturedRequest } from './capture.js';
import { signIn, type Announcement } from './company.js';

/**
 * The bare pump: replays a captured conversation against a fresh sandbox. The same pages are read and parsed and the
 * same batches posted, four at a time; no mapping, no state, no checks. Reads and writes overlap freely; the only
 * order kept is that of the destination's entities, which refer to one another.
 */
interface PumpSettings {
  readonly capture: string;
  readonly systems: Announcement;
  /** The system that is written to. */
  readonly destination: 'psa' | 'finops';
  /** Nothing is read: how fast the destination can be written to at best. */
  readonly writesOnly: boolean;
  /** Where the seconds go. */
  readonly result: string;
}

const READS = 2;
const WRITES = 4;
/** In the address of a request, or of the first operation of a batch. */
const ENTITY = /\/data\/(?:v[\d.]+\/)?(\w+)/;

async function pump(settings: PumpSettings): Promise<void> {
  const requests = readFileSync(settings.capture, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CapturedRequest);
  const urls = { psa: settings.systems.psa.url, finops: settings.systems.finops.url };
  const authorization = {
    psa: await signIn(settings.systems, urls.psa),
    finops: await signIn(settings.systems, urls.finops),
  };
  // The capture was made from another sandbox, on other ports; tokens are fetched anew.
  const services = requests.filter(({ path }) => !path.includes('/oauth2/'));
  const systemOf = ({ path }: CapturedRequest): 'psa' | 'finops' => (path.startsWith('/api/data/') ? 'psa' : 'finops');
  const { writesOnly } = settings;
  const isOfDestination = (request: CapturedRequest): boolean => systemOf(request) === settings.destination;
  const pools = { psa: new Pool(urls.psa, { connections: 8 }), finops: new Pool(urls.finops, { connections: 8 }) };

  const send = async (request: CapturedRequest): Promise<void> => {
    const system = systemOf(request);
    const own = urls[system];
    const path = request.path.replaceAll(encodeURIComponent(request.origin), encodeURIComponent(own));
    const answer = await pools[system].request({
      method: request.method as 'GET',
      path,
      headers: headersOf(request, authorization[system]),
      ...(request.body ? { body: request.body.replaceAll(request.origin, own) } : {}),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400) {
      throw new RangeError(`${request.method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`);
    }
    if (text.startsWith('{')) JSON.parse(text);
  };

  const reads = writesOnly ? [] : services.filter((request) => !isOfDestination(request));
  const writes = services.filter((request) => isOfDestination(request) && !(writesOnly && request.method === 'GET'));
  const started = performance.now();
  await Promise.all([inTurn(reads, send, READS), byEntity(writes, send)]);
  writeFileSync(settings.result, String((performance.now() - started) / 1000));
  await Promise.all([pools.psa.close(), pools.finops.close()]);
}

function headersOf({ headers }: CapturedRequest, authorization: string): Record<string, string> {
  const kept: Record<string, string> = {};
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = String(headers[i]).toLowerCase();
    if (name !== 'authorization' && name !== 'host' && name !== 'content-length') kept[name] = String(headers[i + 1]);
  }
  return { ...kept, authorization };
}

async function inTurn(
  requests: readonly CapturedRequest[],
  send: (request: CapturedRequest) => Promise<void>,
  lanes: number,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let request = requests[next++]; request; request = requests[next++]) await send(request);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Consecutive requests to one entity go out together; another entity waits for them. */
async function byEntity(
  requests: readonly CapturedRequest[],
  send: (request: CapturedRequest) => Promise<void>,
): Promise<void> {
  const entityOf = ({ path, body }: CapturedRequest): string =>
    ENTITY.exec(path)?.[1] ?? ENTITY.exec(body)?.[1] ?? path;
  let group: CapturedRequest[] = [];
  for (const request of requests) {
    const [first] = group;
    if (first && entityOf(first) !== entityOf(request)) {
      await inTurn(group, send, WRITES);
      group = [];
    }
    group.push(request);
  }
  await inTurn(group, send, WRITES);
}

await pump(JSON.parse(process.argv[2] ?? '{}') as PumpSettings);
