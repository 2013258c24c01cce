import { expect } from 'chai';
import type { Json, SandboxClient } from '../client.test.support.js';
import { startWithClient, tokenFor } from '../client.test.support.js';

describe('injected faults', () => {
  let client: SandboxClient;
  const inject = (...faults: Json[]) => client.control('POST', 'faults', faults);
  const count = async (): Promise<string> => (await client.psa('GET', 'accounts/$count')).text;
  const dropped = (work: Promise<unknown>): Promise<boolean> =>
    work.then(
      () => false,
      () => true,
    );

  beforeEach(async () => {
    client = await startWithClient();
  });

  afterEach(() => client.sandbox.stop());

  it('answer with a status as often as they are told, and in the words of the system', async () => {
    await inject({ system: 'psa', kind: 'status', status: 429, retryAfter: 7, times: 2 });
    for (let round = 0; round < 2; round++) {
      const { status, headers, json } = await client.psa('GET', 'accounts');
      expect([status, headers.get('retry-after'), json.error.code]).to.deep.equal([429, '7', '0x80072322']);
    }
    expect((await client.psa('GET', 'accounts')).status).to.equal(200);
  });

  it('hit only the system, set and method that they name', async () => {
    await inject({ system: 'finops', kind: 'status', status: 503, set: 'Currencies', method: 'POST', times: 1 });
    expect((await client.psa('GET', 'accounts')).status).to.equal(200);
    expect((await client.finops('GET', 'Currencies')).status).to.equal(200);
    const hit = await client.finops('POST', 'Currencies', { body: { CurrencyCode: 'USD' } });
    expect(hit.status).to.equal(503);
    expect(hit.json.error.innererror.message).to.equal('The service answered 503.');
  });

  it('put a page of a gateway in the place of JSON', async () => {
    await inject({ system: 'psa', kind: 'html', status: 502, times: 1 });
    const { status, headers, text } = await client.psa('GET', 'accounts');
    expect([status, headers.get('content-type')]).to.deep.equal([502, 'text/html']);
    expect(text).to.match(/^<html>/);
  });

  it('drop the connection before or after the work is done', async () => {
    const body = { name: 'n' };
    await inject({ system: 'psa', kind: 'drop-before', method: 'POST', times: 1 });
    expect(await dropped(client.psa('POST', 'accounts', { body }))).to.equal(true);
    expect(await count()).to.equal('0');
    await inject({ system: 'psa', kind: 'drop-after', method: 'POST', times: 1 });
    expect(await dropped(client.psa('POST', 'accounts', { body }))).to.equal(true);
    expect(await count()).to.equal('1');
  });

  it('tear a body in two, or take their time', async () => {
    await inject({ system: 'psa', kind: 'torn', times: 1 });
    const torn = await client.psa('GET', 'accounts');
    expect([torn.status, torn.json]).to.deep.equal([200, undefined]);
    await inject({ system: 'psa', kind: 'latency', delay: 60, times: 1 });
    const started = performance.now();
    await client.psa('GET', 'accounts');
    expect(performance.now() - started).to.be.above(55);
  });

  it('reach the token endpoint', async () => {
    await inject({ system: 'token', kind: 'status', status: 503, times: 1 });
    expect(await tokenFor(client.sandbox, client.sandbox.psa.url)).to.equal(undefined);
    expect(await tokenFor(client.sandbox, client.sandbox.psa.url)).to.be.a('string');
  });

  it('are taken back, and checked before they are taken', async () => {
    await inject({ system: 'psa', kind: 'status', status: 503, times: 5 });
    await client.control('DELETE', 'faults');
    expect((await client.psa('GET', 'accounts')).status).to.equal(200);
    expect((await inject({ system: 'sap', kind: 'status', times: 1 })).status).to.equal(400);
  });

  it('and all other requests are in the log', async () => {
    await client.control('DELETE', 'log');
    await inject({ system: 'psa', kind: 'drop-before', times: 1 });
    await dropped(client.psa('GET', 'accounts'));
    await client.psa('GET', 'accounts?$top=1');
    const log: Json[] = (await client.control('GET', 'log')).json;
    expect(log.map(({ system, method, url, status }) => [system, method, url, status])).to.deep.equal([
      ['psa', 'GET', '/api/data/v9.2/accounts', 0],
      ['psa', 'GET', '/api/data/v9.2/accounts?$top=1', 200],
    ]);
    expect(log[1]).to.include.keys('ms', 'ts');
  });
});
