import { expect } from 'chai';
import type { Json, SandboxClient } from '../client.test.support.js';
import { batchBody, operation, startWithClient, statuses } from '../client.test.support.js';
import { download, dropped } from './broken-answers.test.support.js';

describe('injected faults', () => {
  let client: SandboxClient;
  const inject = (...faults: Json[]) => client.control('POST', 'faults', faults);
  const count = async (): Promise<string> => (await client.psa('GET', 'accounts/$count')).text;

  beforeEach(async () => {
    client = await startWithClient();
  });

  afterEach(() => client.sandbox.stop());

  it('answer with a status as often as they are told, and in the words of the system', async () => {
    await inject({ system: 'psa', kind: 'status', status: 429, retryAfter: 7, times: 2 });
    for (let round = 0; round < 2; round++) {
      const { status, headers, json } = await client.psa('GET', 'accounts');
      expect([status, headers.get('retry-after'), json.error.code]).to.deep.equal([429, '7', '0x80072322']);
      expect(json.error.message).to.equal(
        'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
      );
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

  it('break the connection in the middle of a body whose length was announced', async () => {
    await inject({ system: 'psa', kind: 'torn', times: 1 });
    const { status, announced, arrived, whole } = await download(`${client.sandbox.psa.url}/api/data/v9.2/accounts`);
    expect([status, whole]).to.deep.equal([401, false]);
    expect(arrived)
      .to.be.above(0)
      .and.to.equal(Math.floor(announced / 2));
  });

  it('leave out half of a body, as a proxy does that takes it for whole', async () => {
    await inject({ system: 'psa', kind: 'half', times: 1 });
    const { status, headers, text, json } = await client.psa('GET', 'accounts');
    expect([status, json]).to.deep.equal([200, undefined]);
    expect(text).to.match(/^\{"@odata\.context"/);
    expect(headers.get('content-length')).to.equal(String(text.length));
  });

  it('do the work whose answer they tear', async () => {
    for (const kind of ['torn', 'half']) {
      await inject({ system: 'finops', kind, method: 'POST', times: 1 });
      const CurrencyCode = kind === 'torn' ? 'USD' : 'EUR';
      await dropped(client.finops('POST', 'Currencies', { body: { CurrencyCode } }));
    }
    expect((await client.finops('GET', 'Currencies/$count')).text).to.equal('2');
  });

  it('take their time', async () => {
    await inject({ system: 'psa', kind: 'latency', delay: 60, times: 1 });
    const started = performance.now();
    await client.psa('GET', 'accounts');
    expect(performance.now() - started).to.be.above(55);
  });

  const contradictions: [fault: Json, message: RegExp][] = [
    ...['expired-token', 'expired-delta-token', 'refuse', 'slow'].map((kind): [Json, RegExp] => [
      { system: 'token', kind },
      new RegExp(`'${kind}' does not happen to 'token': it goes with psa`),
    ]),
    [{ system: 'finops', kind: 'expired-delta-token' }, /it goes with psa\./],
    [{ system: 'token', kind: 'status', set: 'accounts' }, /for a token have no 'set'/],
    [{ system: 'token', kind: 'status', row: 'secret' }, /for a token have no 'row'/],
    [{ system: 'psa', kind: 'torn', status: 500 }, /'torn' has no use for 'status'/],
    [{ system: 'psa', kind: 'status', skew: 5 }, /'status' has no use for 'skew'/],
    [{ system: 'psa', kind: 'latency' }, /'latency' does nothing without 'delay'/],
    [{ system: 'token', kind: 'latency', delay: 0 }, /'latency' does nothing without 'delay'/],
    [{ system: 'finops', kind: 'slow', set: 'Currencies' }, /'slow' does nothing without 'delay'/],
    [{ system: 'psa', kind: 'clock-skew' }, /'clock-skew' does nothing without 'skew'/],
    [{ system: 'psa', kind: 'status', probability: 0 }, /'probability' 0 never strikes/],
    [{ system: 'psa', kind: 'refuse', set: '$batch' }, /'refuse' hits operations, and '\$batch' is none/],
    [{ system: 'finops', kind: 'slow', set: '$batch', delay: 5 }, /'slow' hits operations, and '\$batch' is none/],
  ];
  for (const [fault, message] of contradictions) {
    it(`are refused where they would never do what they say: ${JSON.stringify(fault)}`, async () => {
      const { status, json } = await inject({ system: 'psa', kind: 'torn' }, fault);
      expect(status).to.equal(400);
      expect(json.message).to.match(message);
      expect((await client.control('GET', 'faults')).json).to.deep.equal([]);
    });
  }

  it('ask for a pause also where the refused operation keeps its usual status', async () => {
    await inject({ system: 'psa', kind: 'refuse', retryAfter: 4, times: 1 });
    const { status, headers } = await client.psa('GET', 'accounts');
    expect([status, headers.get('retry-after')]).to.deep.equal([400, '4']);
  });

  it('refuse one row for as long as they stand, alone, in a batch and in a bulk message', async () => {
    await inject({ system: 'psa', kind: 'refuse', row: 'A-13' });
    const rows = ['A-12', 'A-13', 'A-14'].map((accountnumber) => ({ accountnumber, name: accountnumber }));
    const batch = batchBody(rows.map((row) => operation('POST', 'accounts', row)));
    const prefer = { prefer: 'odata.continue-on-error' };
    const answer = await client.psa('POST', '$batch', { ...batch, headers: { ...batch.headers, ...prefer } });
    expect(statuses(answer)).to.deep.equal([204, 400, 204]);
    expect(answer.text).to.contain('0x80040265');
    expect((await client.psa('POST', 'accounts', { body: rows[1] })).status).to.equal(400);
    const targets = rows.map((row) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.account', ...row }));
    const bulk = { body: { Targets: targets } };
    expect((await client.psa('POST', 'accounts/Microsoft.Dynamics.CRM.CreateMultiple', bulk)).status).to.equal(400);
    expect(await count()).to.equal('2');
  });

  it('throttle single operations of a batch, as F&O does (B5)', async () => {
    await inject({ system: 'finops', kind: 'refuse', set: 'Currencies', status: 429, retryAfter: 3, times: 1 });
    const currencies = ['EUR', 'USD'].map((CurrencyCode) => operation('POST', 'Currencies', { CurrencyCode }));
    const answer = await client.finops('POST', '$batch', batchBody(currencies));
    expect(statuses(answer)).to.deep.equal([429, 201]);
    expect(answer.text).to.match(/Retry-After: 3[^]*high resource utilization/);
  });

  it('make an entity slow, wherever its operations are', async () => {
    await inject({ system: 'psa', kind: 'slow', set: 'accounts', delay: 40 });
    const started = performance.now();
    await client.psa('POST', '$batch', batchBody([operation('GET', 'accounts'), operation('GET', 'accounts')]));
    expect(performance.now() - started).to.be.above(75);
  });

  it('let tokens and delta tokens expire, in the words of the system', async () => {
    await inject({ system: 'finops', kind: 'expired-token', times: 1 });
    const expired = await client.finops('GET', 'Currencies');
    expect([expired.status, expired.json.error.innererror.message]).to.deep.equal([
      401,
      'ExpiredAuthTicket: the token has expired.',
    ]);
    await inject({ system: 'psa', kind: 'expired-delta-token', times: 1 });
    const first = await client.psa('GET', 'accounts', { headers: { prefer: 'odata.track-changes' } });
    expect(first.status).to.equal(200);
    const link: string = first.json['@odata.deltaLink'];
    const lost = await client.psa('GET', link);
    expect([lost.status, lost.json.error.message]).to.deep.equal([
      400,
      'Version stamp associated with the client has expired. Please perform a full sync.',
    ]);
    expect((await client.psa('GET', link)).status).to.equal(200);
  });

  it('put the clock wrong, and whatever else is to happen happens all the same', async () => {
    await inject(
      { system: 'psa', kind: 'clock-skew', skew: 3600 },
      { system: 'psa', kind: 'status', status: 503, times: 1 },
    );
    const { status, headers } = await client.psa('GET', 'accounts');
    expect(status).to.equal(503);
    expect(Date.parse(headers.get('date') ?? '') - Date.now()).to.be.within(3_500_000, 3_700_000);
  });

  it('take turns, spare the first, and strike by chance, the same chance for the same seed', async () => {
    const hit = async (requests: number): Promise<number[]> => {
      const statuses = [];
      for (let i = 0; i < requests; i++) statuses.push((await client.psa('GET', 'WhoAmI')).status);
      await client.control('DELETE', 'faults');
      return statuses.flatMap((status, i) => (status === 200 ? [] : [i, status]));
    };
    const status = (code: number, more: Json) => ({ system: 'psa', kind: 'status', status: code, ...more });
    await inject(status(500, { every: 4 }), status(503, { every: 4, after: 2 }));
    expect(await hit(8)).to.deep.equal([0, 500, 2, 503, 4, 500, 6, 503]);
    await inject(status(500, { after: 2, times: 1 }));
    expect(await hit(5)).to.deep.equal([2, 500]);
    const byChance = async (seed: number) => {
      await inject(status(500, { probability: 0.3, seed }));
      return hit(40);
    };
    const chance = await byChance(7);
    expect(chance.length / 2).to.be.within(4, 24);
    expect(await byChance(7)).to.deep.equal(chance);
    expect(await byChance(8)).not.to.deep.equal(chance);
  });

  it('are listed with what they have hit, and taken back one by one', async () => {
    const added = await inject({ system: 'psa', kind: 'status', status: 503 }, { system: 'token', kind: 'torn' });
    expect(added.status).to.equal(201);
    await client.psa('GET', 'accounts');
    const [first, second]: Json[] = (await client.control('GET', 'faults')).json;
    expect(first).to.include({ kind: 'status', status: 503, hits: 1 });
    expect((await client.control('DELETE', `faults/${first.id}`)).status).to.equal(204);
    expect((await client.control('GET', 'faults')).json).to.deep.equal([second]);
    expect((await client.control('DELETE', `faults/${first.id}`)).status).to.equal(404);
  });

  it('are taken back, and checked before they are taken', async () => {
    await inject({ system: 'psa', kind: 'status', status: 503, times: 5 });
    await client.control('DELETE', 'faults');
    expect((await client.psa('GET', 'accounts')).status).to.equal(200);
    expect((await inject({ system: 'sap', kind: 'status', times: 1 })).status).to.equal(400);
    expect((await inject({ system: 'psa', kind: 'status', time: 1 })).status).to.equal(400);
  });
});
