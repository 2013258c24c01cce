import { expect } from 'chai';
import { sender, startWithClient, tokenFor } from '../client.test.support.js';
import { Refusal } from '../odata/index.js';
import { ResourceThrottling } from './resource-throttling.js';

describe('resource-based throttling (B7)', () => {
  it('puts off the unimportant first, and nobody while the system is idle', () => {
    let now = 0;
    const throttling = new ResourceThrottling(
      { capacityMs: 1000, windowSeconds: 10, priorities: { batch: 'low', console: 'high' } },
      () => now,
    );
    const work = (user: string, ms: number): boolean => {
      const admission = throttling.admit(user);
      if (admission instanceof Refusal) return false;
      now += ms;
      admission.leave();
      return true;
    };
    expect([work('batch', 300), work('batch', 300), work('batch', 1)]).to.deep.equal([true, true, false]);
    expect([work('anyone', 200), work('anyone', 1)]).to.deep.equal([true, false]);
    expect([work('console', 200), work('console', 1)]).to.deep.equal([true, false]);
    now += 10_000;
    expect(work('batch', 1)).to.equal(true);
  });

  it('answers 429 with Retry-After, in the documented words', async () => {
    const other = { clientId: 'another-client', clientSecret: 'another-secret' };
    const { sandbox, finops, control } = await startWithClient({
      empty: true,
      resources: { capacityMs: 100, windowSeconds: 60, retryAfter: 7, priorities: { [other.clientId]: 'high' } },
      otherClients: [other],
    });
    try {
      await control('POST', 'faults', [{ system: 'finops', kind: 'latency', delay: 85, times: 1 }]);
      await finops('GET', 'Currencies');
      const refused = await finops('GET', 'Currencies');
      expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([429, '7']);
      expect(refused.json.error.innererror.message).to.contain('high resource utilization');
      const asOther = sender(
        `${sandbox.finops.url}/data/`,
        await tokenFor({ ...sandbox, ...other }, sandbox.finops.url),
      );
      expect((await asOther('GET', 'Currencies')).status).to.equal(200);
    } finally {
      await sandbox.stop();
    }
  });
});
