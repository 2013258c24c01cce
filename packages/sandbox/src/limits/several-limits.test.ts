import { expect } from 'chai';
import type { Answer } from '../client.test.support.js';
import { startWithClient } from '../client.test.support.js';
import type { SandboxOptions } from '../index.js';

describe('several limits at once', () => {
  const refusedBy = async (
    options: SandboxOptions,
    work: (client: Awaited<ReturnType<typeof startWithClient>>) => Promise<Answer>,
  ): Promise<string[]> => {
    const client = await startWithClient({ empty: true, ...options });
    try {
      const answers = [];
      for (let asked = 0; asked < 5; asked++) answers.push(await work(client));
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 429, 429, 429, 429]);
      return answers.slice(1).map(({ text }) => text);
    } finally {
      await client.sandbox.stop();
    }
  };

  it('A10: what the limit of a day refuses does not use up that of 5 minutes', async () => {
    const texts = await refusedBy(
      {
        limits: { requests: 3, windowSeconds: 60 },
        dataverse: { dailyRequests: { limit: 1, beyond: 'refused' } },
      },
      ({ psa }) => psa('GET', 'WhoAmI'),
    );
    for (const text of texts) expect(text).to.contain('the entitlement of 1 in 24 hours');
  });

  it('B7: what a busy system refuses does not use up the limit of a user', async () => {
    const texts = await refusedBy(
      {
        userLimits: { requests: 3, windowSeconds: 60 },
        resources: { capacityMs: 10, windowSeconds: 60 },
      },
      async ({ finops, control }) => {
        await control('POST', 'faults', [{ system: 'finops', kind: 'slow', delay: 20 }]);
        return finops('GET', 'Currencies');
      },
    );
    for (const text of texts) expect(text).to.contain('high resource utilization');
  });
});
