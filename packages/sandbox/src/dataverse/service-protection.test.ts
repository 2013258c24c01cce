import { expect } from 'chai';
import { Refusal } from '../odata/index.js';
import { batchBody, operation, sender, startWithClient, tokenFor } from '../client.test.support.js';
import { documentedLimits, ServiceProtection } from '../limits/index.js';

describe('protocols A10: service protection', () => {
  it('A10: the limits are 6000 requests, 20 minutes and 52 at a time, in 300 seconds', () => {
    expect(documentedLimits).to.deep.equal({
      requests: 6000,
      executionMs: 1_200_000,
      concurrent: 52,
      windowSeconds: 300,
    });
  });

  let now = 0;
  const protection = (limits: ConstructorParameters<typeof ServiceProtection>[0]) =>
    new ServiceProtection(limits, () => now);

  /** Lets one request run for some time; the refusal's code where it is not let in. */
  function run(guard: ServiceProtection, ms = 0): string {
    const admission = guard.admit();
    if (admission instanceof Refusal)
      return `${admission.code} after ${admission.headers['retry-after']} s: ${admission.message}`;
    now += ms;
    admission.leave(1);
    return 'admitted';
  }

  it('A10: limits the number of requests over a sliding window', () => {
    const guard = protection({ requests: 2, windowSeconds: 10 });
    expect(run(guard)).to.equal('admitted');
    now += 4000;
    expect(run(guard)).to.equal('admitted');
    expect(run(guard)).to.equal(
      '0x80072322 after 6 s: Number of requests exceeded the limit of 2 over time window of 10 seconds.',
    );
    now += 6000;
    expect(run(guard)).to.equal('admitted');
    expect(run(guard)).to.match(/^0x80072322 after 4 s/);
  });

  it('A10: limits the time that requests take together', () => {
    const guard = protection({ executionMs: documentedLimits.executionMs });
    expect(run(guard, 1_200_000)).to.equal('admitted');
    expect(run(guard)).to.equal(
      '0x80072321 after 300 s: Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds ' +
        'over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests ' +
        'and try again later.',
    );
  });

  it('A10: limits how many run at the same time', () => {
    const guard = protection({ concurrent: 1 });
    const first = guard.admit();
    expect(run(guard)).to.match(/^0x80072326 .*Number of concurrent requests exceeded the limit of 1\.$/);
    if (!(first instanceof Refusal)) first.leave(1);
    expect(run(guard)).to.equal('admitted');
  });

  it('A10: makes a client that does not wait wait longer: hammering lengthens Retry-After', () => {
    const guard = protection({ requests: 1, windowSeconds: 100, concurrent: 2 });
    expect(run(guard)).to.equal('admitted');
    const told = Array.from({ length: 5 }, () => Number(/after (\d+) s/.exec(run(guard))?.[1]));
    expect(told).to.deep.equal([100, 100, 100, 101, 102]);
    now += 102_000;
    expect(run(guard)).to.equal('admitted');
  });

  it('A10: counts each user for itself', async () => {
    const other = { clientId: 'another-client', clientSecret: 'another-secret' };
    const options = { empty: true, limits: { requests: 1, windowSeconds: 60 }, otherClients: [other] };
    const { sandbox, psa } = await startWithClient(options);
    try {
      const asOther = sender(
        `${sandbox.psa.url}/api/data/v9.2/`,
        await tokenFor({ ...sandbox, ...other }, sandbox.psa.url),
      );
      const statuses = [];
      for (const send of [psa, psa, asOther, asOther]) statuses.push((await send('GET', 'WhoAmI')).status);
      expect(statuses).to.deep.equal([200, 429, 200, 429]);
    } finally {
      await sandbox.stop();
    }
  });

  it('A10: counts on each web server; a client that drops the affinity cookie is spread over them', async () => {
    const limits = { requests: 1, windowSeconds: 60, webServers: 2 };
    const { sandbox, psa } = await startWithClient({ empty: true, limits });
    try {
      const first = await psa('GET', 'WhoAmI');
      const cookie = String(first.headers.get('set-cookie')).split(';')[0] ?? '';
      expect(cookie).to.match(/^ARRAffinity=[0-9a-f]{64}$/);
      const kept = await psa('GET', 'WhoAmI', { headers: { cookie } });
      const dropped = [await psa('GET', 'WhoAmI'), await psa('GET', 'WhoAmI')];
      expect([first, kept, ...dropped].map(({ status }) => status)).to.deep.equal([200, 429, 200, 429]);
    } finally {
      await sandbox.stop();
    }
  });

  it('A10: two headers tell what is left; each web server tells of its own', async () => {
    const limits = { requests: 5, executionMs: 60_000, windowSeconds: 60, webServers: 2 };
    const { sandbox, psa } = await startWithClient({ empty: true, limits });
    try {
      const left: (string | null)[] = [];
      for (let asked = 0; asked < 4; asked++) {
        const { headers } = await psa('GET', 'WhoAmI');
        left.push(headers.get('x-ms-ratelimit-burst-remaining-xrm-requests'));
        expect(Number(headers.get('x-ms-ratelimit-time-remaining-xrm-requests'))).to.be.within(50, 60);
      }
      expect(left).to.deep.equal(['4', '4', '3', '3']);
    } finally {
      await sandbox.stop();
    }
  });

  it('A10: counts a batch as one request, with the time of all its operations', async () => {
    const limits = { requests: 2, executionMs: 150, windowSeconds: 60 };
    const { sandbox, psa, control } = await startWithClient({ empty: true, limits });
    try {
      await control('POST', 'faults', [{ system: 'psa', kind: 'slow', delay: 50, times: 4 }]);
      const batch = batchBody(Array.from({ length: 4 }, () => operation('GET', 'accounts?$select=name')));
      const answer = await psa('POST', '$batch', batch);
      expect(answer.headers.get('x-ms-ratelimit-burst-remaining-xrm-requests')).to.equal('1');
      expect(answer.status).to.equal(200);
      expect((await psa('GET', 'WhoAmI')).json.error.code).to.equal('0x80072321');
    } finally {
      await sandbox.stop();
    }
  });

  it('A10: answers 429 with Retry-After, and shows what is left', async () => {
    const { sandbox, psa } = await startWithClient({ empty: true, limits: { requests: 1, windowSeconds: 60 } });
    try {
      expect((await psa('GET', '')).headers.get('x-ms-ratelimit-burst-remaining-xrm-requests')).to.equal('0');
      const refused = await psa('GET', '');
      expect(refused.status).to.equal(429);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
      expect(refused.json.error.code).to.equal('0x80072322');
    } finally {
      await sandbox.stop();
    }
  });
});
