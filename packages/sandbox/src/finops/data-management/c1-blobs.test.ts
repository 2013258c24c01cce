import { expect } from 'chai';
import type { SandboxClient } from '../../client.test.support.js';
import { startWithCompanies } from '../world.test.support.js';
import { Blobs } from './blobs.js';
import { act, COLUMNS, packageOf, serviceAt, upload } from './package.test.support.js';

describe('protocols C1: the blob', () => {
  let client: SandboxClient;

  before(async () => {
    client = await startWithCompanies();
  });
  after(() => client.sandbox.stop());

  it('C1: gives the write URL as JSON inside of a text', async () => {
    const { json } = await act(client, 'GetAzureWriteUrl', { uniqueFileName: 'a.zip' });
    expect(JSON.parse(json.value)).to.have.all.keys('BlobId', 'BlobUrl');
    expect(JSON.parse(json.value).BlobId).to.match(/^\{[0-9A-F-]{36}\}$/);
  });

  it('C1: wants the header x-ms-blob-type', async () => {
    const { json } = await act(client, 'GetAzureWriteUrl', { uniqueFileName: 'a.zip' });
    const { status } = await fetch(JSON.parse(json.value).BlobUrl, { method: 'PUT', body: 'x' });
    expect(status).to.equal(400);
  });

  it('C1: is closed to whoever does not have the signature', async () => {
    const url = await upload(client, packageOf(COLUMNS, []));
    expect((await fetch(url.replace(/sig=[^&]*/, 'sig=guessed'))).status).to.equal(403);
    expect((await fetch(url)).status).to.equal(200);
  });
});

describe('protocols C1: how long files live', () => {
  const DAY = 24 * 60 * 60 * 1000;

  it('C1: a signed address is good for an hour, and the file behind it is kept for seven days', () => {
    let now = Date.parse('2026-03-01T00:00:00Z');
    const blobs = new Blobs(() => now, 60);
    const name = blobs.keep('out.zip', new Uint8Array([1]));
    const address = blobs.address('http://sandbox', name);
    now += 59 * 60 * 1000;
    expect(blobs.content(address)).to.have.length(1);
    now += 60 * 1000;
    expect(blobs.content(address)).to.equal(undefined);
    now = Date.parse('2026-03-01T00:00:00Z') + 7 * DAY - 1;
    expect(blobs.content(blobs.address('http://sandbox', name))).to.have.length(1);
    now += 1;
    expect(blobs.address('http://sandbox', name)).to.equal('');
  });

  it('a signed address is good for as long as the switch says', () => {
    let now = Date.parse('2026-03-01T00:00:00Z');
    const ask = serviceAt(() => now, { signedMinutes: 5 });
    const action = '/data/DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.GetAzureWriteUrl';
    const { BlobUrl } = JSON.parse(ask('POST', action, { uniqueFileName: 'a.zip' }).json.value) as { BlobUrl: string };
    const statusOfRead = () => ask('GET', BlobUrl.replace('http://sandbox', '')).status;
    now += 5 * 60_000 - 1;
    expect(statusOfRead(), 'let in, and nothing is there').to.equal(404);
    now += 1;
    expect(statusOfRead()).to.equal(403);
  });
});
