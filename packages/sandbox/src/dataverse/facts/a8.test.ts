import { expect } from 'chai';
import { operation, statuses } from '../../client.test.support.js';
import { Environment } from './support.test.support.js';

const account = (number: string) =>
  operation('POST', '/api/data/v9.2/accounts', { name: number, accountnumber: number });

describe('protocols A8: $batch', () => {
  const environment = new Environment();
  const { batch, get, send } = environment;
  const GO_ON = { prefer: 'odata.continue-on-error' };

  it('A8: parts may be absolute, rooted or relative, and are answered in order', async () => {
    const absolute = operation('GET', `${environment.root}accounts?$select=name`);
    const answer = await batch([account('1'), absolute, operation('GET', 'contacts'), account('2')]);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.match(/^multipart\/mixed; boundary=batchresponse_[0-9a-f-]{36}$/);
    expect(statuses(answer)).to.deep.equal([204, 200, 200, 204]);
  });

  it('A8: the first failure ends it with an outer 400; continue-on-error answers all, with 200', async () => {
    const stopped = await batch([account('3'), account('3'), account('4')]);
    expect([stopped.status, ...statuses(stopped)]).to.deep.equal([400, 204, 412]);
    expect(stopped.text).to.match(/REQ_ID: [0-9a-f-]{36}/);
    const all = await batch([account('3'), account('4')], GO_ON);
    expect([all.status, ...statuses(all)]).to.deep.equal([200, 412, 204]);
    expect(all.headers.get('preference-applied')).to.equal('odata.continue-on-error');
  });

  it('A8: a change set is atomic, comes back with its Content-IDs, and as a single error when it failed', async () => {
    const good = await batch([[account('5'), account('6')]]);
    expect(good.text).to.match(/Content-Type: multipart\/mixed; boundary=changesetresponse_[0-9a-f-]{36}/);
    expect(good.text).to.contain('Content-ID: 1').and.to.contain('Content-ID: 2').and.to.contain('Location: ');
    const bad = await batch([[account('7'), account('5')]], GO_ON);
    expect(statuses(bad)).to.deep.equal([412]);
    expect(bad.text).not.to.contain('changesetresponse');
    expect((await get("accounts(accountnumber='7')")).status).to.equal(404);
  });

  it('A8: $1 stands for what part 1 made, in URLs, binds and @odata.id', async () => {
    const order = operation('POST', 'salesorders', { name: 'o', 'customerid_account@odata.bind': '$1' });
    const reference = operation('PUT', '$2/customerid_account/$ref', { '@odata.id': '$1' });
    const renames = ['$1', '/$1', '/api/data/v9.2/$1'].map((url) => operation('PATCH', url, { name: `by ${url}` }));
    const answer = await batch([[account('8'), order, reference, ...renames]]);
    expect(statuses(answer)).to.deep.equal([204, 204, 204, 204, 204, 204]);
    expect((await get("accounts(accountnumber='8')")).json.name).to.equal('by /api/data/v9.2/$1');
  });

  it('A8: an inner write may say type=entry, and a later GET sees what it wrote', async () => {
    const write = operation('POST', 'accounts', { name: 'seen', accountnumber: 'SEEN' }).replace(
      'application/json',
      'application/json; type=entry',
    );
    const answer = await batch([write, operation('GET', "accounts?$filter=accountnumber eq 'SEEN'&$select=name")]);
    expect(statuses(answer)).to.deep.equal([204, 200]);
    expect(answer.text).to.contain('"name":"seen"');
  });

  it('A8: a forward reference is 400', async () => {
    for (const early of [
      operation('POST', 'salesorders', { name: 'o', 'customerid_account@odata.bind': '$2' }),
      operation('PATCH', '/api/data/v9.2/$2', { name: 'o' }),
    ]) {
      const answer = await batch([[early]]);
      expect(answer.text).to.contain("Content-ID Reference: '$2' does not exist in the batch context.");
      expect(statuses(answer)).to.deep.equal([400]);
    }
  });

  it('A8: 1,000 operations and no more, no GET in a change set, no batch in a batch', async () => {
    const gets = (count: number) => Array.from({ length: count }, () => operation('GET', 'accounts?$select=name'));
    expect(statuses(await batch(gets(1000)))).to.have.length(1000);
    expect((await batch(gets(1001))).status).to.equal(400);
    expect((await batch([[operation('GET', 'accounts')]])).status).to.equal(400);
    expect((await batch([operation('POST', '$batch', {})])).status).to.equal(400);
  });

  it('A8: a JSON batch is not supported', async () => {
    expect((await send('POST', '$batch', { requests: [] })).status).to.equal(400);
  });

  it('A8: lines end with CRLF', async () => {
    const body = '--b\nContent-Type: application/http\n\nGET accounts HTTP/1.1\n\n\n--b--\n';
    const answer = await send('POST', '$batch', body, { 'content-type': 'multipart/mixed; boundary=b' });
    expect(answer.status).to.equal(400);
  });
});

describe('protocols A8: what is left open', () => {
  const environment = new Environment({ empty: true, dataverse: { failedChangeSet: 'wrapped', batchLines: 'any' } });
  const { batch, send } = environment;

  it('A8: a failed change set may come wrapped', async () => {
    const answer = await batch([[account('1'), account('1')]], { prefer: 'odata.continue-on-error' });
    expect(answer.text).to.contain('changesetresponse_');
  });

  it('A8: any line end may do', async () => {
    const body = '--b\nContent-Type: application/http\n\nGET accounts HTTP/1.1\n\n\n--b--\n';
    const answer = await send('POST', '$batch', body, { 'content-type': 'multipart/mixed; boundary=b' });
    expect(statuses(answer)).to.deep.equal([200]);
  });
});
