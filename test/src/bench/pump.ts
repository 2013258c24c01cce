import { readFileSync, writeFileSync } from 'node:fs';
import { Pool } from 'undici';
import type { CapturedRequest } from './capture.js';

/**
 * The bare pump: replays a captured conversation against a fresh sandbox. The same pages are read and parsed and the
 * same batches posted, four at a time; no mapping, no state, no checks. Reads and writes overlap freely; the only
 * order kept is that of the destination's entities, which refer to one another.
 */
interface PumpSettings {
  readonly capture: string;
  readonly psa: string;
  readonly finops: string;
  readonly token: string;
  readonly form: string;
  /** Where the seconds go. */
  readonly result: string;
}

const WRITES = 4;

async function pump(settings: PumpSettings): Promise<void> {
  const requests = readFileSync(settings.capture, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CapturedRequest);
  const authorization = new Map([
    [settings.psa, await signIn(settings, settings.psa)],
    [settings.finops, await signIn(settings, settings.finops)],
  ]);
  // The capture was made from another sandbox, on other ports; tokens are fetched anew.
  const services = requests.filter(({ path }) => !path.includes('/oauth2/'));
  const isPsa = ({ path }: CapturedRequest): boolean => path.startsWith('/api/data/');
  const pools = {
    psa: new Pool(settings.psa, { connections: 8 }),
    finops: new Pool(settings.finops, { connections: 8 }),
  };

  const send = async (request: CapturedRequest): Promise<void> => {
    const psa = isPsa(request);
    const own = psa ? settings.psa : settings.finops;
    const headers = headersOf(request, authorization.get(own) ?? '');
    const path = request.path.replaceAll(encodeURIComponent(request.origin), encodeURIComponent(own));
    const body = request.body.replaceAll(request.origin, own);
    const answer = await (psa ? pools.psa : pools.finops).request({
      method: request.method as 'GET',
      path,
      headers,
      ...(request.body ? { body } : {}),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400)
      throw new RangeError(`${request.method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`);
    if (text.startsWith('{')) JSON.parse(text);
  };

  const started = performance.now();
  await Promise.all([
    inTurn(services.filter(isPsa), send, 2),
    ...[
      byEntity(
        services.filter((request) => !isPsa(request)),
        send,
      ),
    ],
  ]);
  writeFileSync(settings.result, String((performance.now() - started) / 1000));
  await Promise.all([pools.psa.close(), pools.finops.close()]);
}

async function signIn({ token, form }: PumpSettings, resource: string): Promise<string> {
  const body = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(form)), scope: `${resource}/.default` });
  const answer = await fetch(token, { method: 'POST', body });
  return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
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
  const entityOf = ({ path, body }: CapturedRequest): string => /\/data\/(\w+)/.exec(body)?.[1] ?? path;
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
