import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { Ask, Json, SandboxClient } from '../client.test.support.js';
import { startWithClient } from '../client.test.support.js';

const ID = /^[0-9a-f-]{36}$/;

interface Said {
  readonly status: number | undefined;
  readonly id: unknown;
  readonly json: Json;
}

describe('refusals in front of the service', () => {
  let client: SandboxClient;
  const inject = (...faults: Json[]) => client.control('POST', 'faults', faults);

  beforeEach(async () => {
    client = await startWithClient({ empty: true, limits: { requests: 1, windowSeconds: 60 } });
  });

  afterEach(() => client.sandbox.stop());

  const said = async (ask: Ask = {}, path = 'accounts'): Promise<Said> => {
    const { status, headers, json } = await client.psa('GET', path, ask);
    return { status, id: headers.get('x-ms-service-request-id'), json };
  };

  /** Announces a body that is too large, and sends nothing of it. */
  const announce = async (system: 'psa' | 'finops', path: string, headers: IncomingHttpHeaders = {}): Promise<Said> => {
    const url = `${client.sandbox[system].url}/${path}`;
    const asked = request(url, { method: 'POST', headers: { ...headers, 'content-length': 200_000_000 } });
    asked.on('error', () => undefined).flushHeaders();
    try {
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      const json: Json = JSON.parse(await text(answer));
      return { status: answer.statusCode, id: answer.headers['x-ms-service-request-id'], json };
    } finally {
      asked.destroy();
    }
  };

  const refusals: readonly [what: string, status: number, ask: (headers: Record<string, string>) => Promise<Said>][] = [
    ['a token that is none', 401, (headers) => said({ headers: { ...headers, authorization: 'Bearer nonsense' } })],
    [
      'one request too many',
      429,
      async (headers) => {
        await said();
        return said({ headers });
      },
    ],
    ['a body that is too large', 413, (headers) => announce('psa', 'api/data/v9.2/accounts', headers)],
    [
      'a status on demand',
      503,
      async (headers) => {
        await inject({ system: 'psa', kind: 'status', status: 503 });
        return said({ headers });
      },
    ],
    [
      'a token that runs out on demand',
      401,
      async (headers) => {
        await inject({ system: 'psa', kind: 'expired-token' });
        return said({ headers });
      },
    ],
    [
      'a delta token that runs out on demand',
      400,
      async (headers) => {
        await inject({ system: 'psa', kind: 'expired-delta-token' });
        return said({ headers }, 'accounts?$deltatoken=1');
      },
    ],
  ];
  for (const [what, status, ask] of refusals) {
    it(`A2: ${what}: has a request id, and no details unless they are asked for`, async () => {
      const answer = await ask({});
      expect(answer.status).to.equal(status);
      expect(answer.id).to.match(ID);
      expect(answer.json.error).to.have.all.keys('code', 'message');
    });

    it(`A2: ${what}: has its details for a client that wants every annotation`, async () => {
      const { json } = await ask({ prefer: 'odata.include-annotations="*"' });
      expect(json.error['@Microsoft.PowerApps.CDS.InnerError.Message']).to.equal(json.error.message);
    });
  }

  it('the page of a gateway has no request id: the request never came to the service', async () => {
    await inject({ system: 'psa', kind: 'html' });
    expect((await client.psa('GET', 'accounts')).headers.has('x-ms-service-request-id')).to.equal(false);
  });

  for (const [system, path, set] of [
    ['psa', 'api/data/v9.2/accounts', 'accounts'],
    ['finops', 'data/Currencies', 'Currencies'],
  ] as const) {
    it(`a body that is too large is in the log of its entity set (${system})`, async () => {
      await announce(system, path);
      const log: Json[] = (await client.control('GET', `log?set=${set}`)).json;
      expect(log.map(({ method, status }) => [method, status])).to.deep.equal([['POST', 413]]);
    });

    it(`faults hit a body that is too large as well (${system})`, async () => {
      await inject({ system, set, kind: 'status', status: 503, times: 1 });
      expect((await announce(system, path)).status).to.equal(503);
      expect((await announce(system, path)).status).to.equal(413);
    });
  }

  it('takes its time where it is told to: latency holds for who is not let in too', async () => {
    await said();
    await inject({ system: 'psa', kind: 'latency', delay: 60 });
    const waits: (() => Promise<Said>)[] = [
      () => said({ headers: { authorization: 'Bearer nonsense' } }),
      () => said(),
      () => announce('psa', 'api/data/v9.2/accounts'),
    ];
    const statuses = [];
    for (const wait of waits) {
      const started = performance.now();
      statuses.push((await wait()).status);
      expect(performance.now() - started).to.be.above(55);
    }
    expect(statuses).to.deep.equal([401, 429, 413]);
  });
});
