import { expect } from 'chai';
import type { Json, SandboxClient } from '../client.test.support.js';
import { startWithClient, tokenFor } from '../client.test.support.js';
import { download, dropped } from './broken-answers.test.support.js';

describe('injected faults at the token endpoint', () => {
  let client: SandboxClient;
  const inject = (...faults: Json[]) => client.control('POST', 'faults', faults);
  const ask = () => fetch(client.sandbox.token.url, { method: 'POST', body: new URLSearchParams() });

  beforeEach(async () => {
    client = await startWithClient();
  });

  afterEach(() => client.sandbox.stop());

  it('fail in its words, with the pause that it asks for', async () => {
    await inject({ system: 'token', kind: 'status', status: 429, retryAfter: 11, times: 1 });
    const answer = await ask();
    expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([429, '11']);
    const said = (await answer.json()) as Json;
    expect(said).to.include({ error: 'temporarily_unavailable' }).and.to.have.property('error_codes');
    expect(said.error_description).to.match(/^AADSTS90033: A transient error has occurred/);
    expect(await tokenFor(client.sandbox, client.sandbox.psa.url)).to.be.a('string');
  });

  it('put the page of a gateway in the place of JSON', async () => {
    await inject({ system: 'token', kind: 'html', status: 504, retryAfter: 3, times: 1 });
    const answer = await ask();
    const { headers, status } = answer;
    expect([status, headers.get('content-type'), headers.get('retry-after')]).to.deep.equal([504, 'text/html', '3']);
    expect(await answer.text()).to.match(/^<html>/);
  });

  it('date it wrongly, and let it wait', async () => {
    await inject({ system: 'token', kind: 'clock-skew', skew: -7200 }, { system: 'token', kind: 'latency', delay: 60 });
    const started = performance.now();
    const { headers } = await ask();
    expect(performance.now() - started).to.be.above(55);
    expect(Date.parse(headers.get('date') ?? '') - Date.now()).to.be.within(-7_300_000, -7_100_000);
  });

  it('drop its connection, tear its answer, or leave out half of it', async () => {
    const kinds = ['drop-before', 'drop-after', 'torn', 'half'];
    await inject(...kinds.map((kind) => ({ system: 'token', kind, times: 1 })));
    expect([await dropped(ask()), await dropped(ask())]).to.deep.equal([true, true]);
    expect(await download(client.sandbox.token.url, 'POST')).to.include({ whole: false });
    const half = await ask();
    expect(await half.text())
      .to.match(/^\{"error":/)
      .and.not.to.match(/\}$/);
  });
});
