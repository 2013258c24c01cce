import { expect } from 'chai';
import type { Json, SandboxClient } from '../client.test.support.js';
import { batchBody, operation, startWithClient, tokenFor } from '../client.test.support.js';
import { dropped } from './broken-answers.test.support.js';

describe('the request log of a running sandbox', () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithClient();
  });

  afterEach(() => client.sandbox.stop());

  it('holds every request, also one that a fault hit', async () => {
    await client.control('DELETE', 'log');
    await client.control('POST', 'faults', [{ system: 'psa', kind: 'drop-before', times: 1 }]);
    await dropped(client.psa('GET', 'accounts'));
    await client.psa('GET', 'accounts?$top=1');
    const log: Json[] = (await client.control('GET', 'log')).json;
    expect(log.map(({ system, method, url, status }) => [system, method, url, status])).to.deep.equal([
      ['psa', 'GET', '/api/data/v9.2/accounts', 0],
      ['psa', 'GET', '/api/data/v9.2/accounts?$top=1', 200],
    ]);
    expect(log[1]).to.include.keys('ms', 'ts');
    expect(log[0]).to.include({ fault: 'drop-before', operations: 1 });
  });

  it('gives back what was sent, by system and entity, with bodies where they are wanted', async () => {
    await client.control('DELETE', 'log');
    await client.psa('POST', 'accounts', { body: { name: 'one' } });
    await client.psa('POST', '$batch', batchBody([operation('GET', 'accounts'), operation('GET', 'contacts')]));
    await client.finops('GET', 'Currencies');
    const log = async (query: string): Promise<Json[]> => (await client.control('GET', `log?${query}`)).json;
    expect(await log('system=psa')).to.have.length(2);
    expect((await log('set=$batch'))[0])
      .to.include({ operations: 2 })
      .and.not.to.have.property('body');
    expect((await log('set=accounts&bodies=true'))[0]).to.include({ body: '{"name":"one"}' });
    expect((await log('limit=1'))[0]).to.include({ system: 'finops' });
  });

  it('gives headers where they are wanted, and never those with a secret', async () => {
    await client.control('DELETE', 'log');
    const headers = { Prefer: 'return=representation', 'If-Match': '*', CallerObjectId: '0', cookie: 'a=secret' };
    await client.psa('PATCH', 'accounts(1)', { body: { name: 'n' }, headers });
    await tokenFor(client.sandbox, client.sandbox.psa.url);
    const [plain] = (await client.control('GET', 'log')).json;
    expect(plain).not.to.have.property('headers');
    const { text, json } = await client.control('GET', 'log?headers=true');
    expect(json[0].headers).to.include({ prefer: 'return=representation', 'if-match': '*', callerobjectid: '0' });
    expect(json[1].headers).to.have.property('content-type').that.contains('x-www-form-urlencoded');
    expect(text).not.to.match(/bearer|secret|"authorization"|"cookie"/i);
  });

  it('gives packages byte for byte', async () => {
    await client.control('DELETE', 'log');
    const zip = new Uint8Array([0x50, 0x4b, 3, 4, 0, 255, 128]);
    const headers = { 'x-ms-blob-type': 'BlockBlob' };
    await fetch(`${client.sandbox.finops.url}/dmf/none`, { method: 'PUT', body: zip, headers });
    const [put] = (await client.control('GET', 'log?bodies=true&headers=true')).json;
    expect(put).to.include({ method: 'PUT', encoding: 'base64' });
    expect(new Uint8Array(Buffer.from(put.body, 'base64'))).to.deep.equal(zip);
    expect(put.headers).to.include(headers);
  });
});
