import { expect } from 'chai';
import {
  batchBody,
  operation,
  sender,
  startWithClient,
  statuses,
  tokenFor,
  type Answer,
} from '../../client.test.support.js';
import {
  documentedLimits,
  finopsWording,
  ServiceProtection,
  type ServiceProtectionLimits,
} from '../../limits/index.js';
import { Refusal } from '../../odata/index.js';
import { upload } from '../data-management/package.test.support.js';
import { ResourceThrottling } from '../resource-throttling.js';
import { infolog } from '../world.test.support.js';

const other = { clientId: 'another-client', clientSecret: 'another-secret' };

describe('protocols B7: throttling', () => {
  it('B7: puts off the unimportant first, and nobody while the system is idle', () => {
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

  it('B7: answers 429 with Retry-After, in the documented words', async () => {
    const { sandbox, finops, control } = await startWithClient({
      empty: true,
      resources: { capacityMs: 500, windowSeconds: 60, retryAfter: 7, priorities: { [other.clientId]: 'high' } },
      otherClients: [other],
    });
    try {
      await control('POST', 'faults', [{ system: 'finops', kind: 'latency', delay: 420, times: 1 }]);
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

  it('B7: what is left of a batch when the system gets busy is refused part by part', async () => {
    const resources = { capacityMs: 50, windowSeconds: 60, retryAfter: 7 };
    const { sandbox, finops } = await startWithClient({ scale: 2, finops: { textFunctions: 'supported' }, resources });
    try {
      const search = "ProjCDSProjects/$count?$filter=contains(ProjectName,'a') or contains(Description,'b')";
      const answer = await finops(
        'POST',
        '$batch',
        batchBody(Array.from({ length: 3000 }, () => operation('GET', search))),
      );
      const [first, ...others] = statuses(answer);
      expect([answer.status, first, others.at(-1)]).to.deep.equal([200, 200, 429]);
      expect(answer.text).to.match(/HTTP\/1\.1 429 [^]*Retry-After: 7\r\n/i);
    } finally {
      await sandbox.stop();
    }
  });

  it('B7: a refusal may come without Retry-After', async () => {
    const { sandbox, finops, control } = await startWithClient({ empty: true });
    try {
      await control('POST', 'faults', [{ system: 'finops', kind: 'status', status: 429, times: 1 }]);
      const refused = await finops('GET', 'Currencies');
      expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([429, null]);
    } finally {
      await sandbox.stop();
    }
  });

  it('B7: data management is exempt', async () => {
    const resources = { capacityMs: 1, windowSeconds: 60 };
    const client = await startWithClient({ empty: true, resources, userLimits: { requests: 1 } });
    const { sandbox, finops, control } = client;
    try {
      await control('POST', 'faults', [{ system: 'finops', kind: 'latency', delay: 20, times: 1 }]);
      await finops('GET', 'Currencies');
      expect((await finops('GET', 'Currencies')).status).to.equal(429);
      const url = await upload(client, Buffer.from('PK'));
      expect((await fetch(url)).status).to.equal(200);
      expect((await finops('GET', `${sandbox.finops.url}/api/connector/dequeue/none`)).status).not.to.equal(429);
    } finally {
      await sandbox.stop();
    }
  });

  describe('B7: the limits of a user, as they once were', () => {
    const limited = async (userLimits: ServiceProtectionLimits | undefined, times: number, delay = 0) => {
      const options = { empty: true, otherClients: [other], ...(userLimits && { userLimits }) };
      const { sandbox, finops, control } = await startWithClient(options);
      try {
        if (delay > 0) await control('POST', 'faults', [{ system: 'finops', kind: 'latency', delay, times }]);
        const work = Array.from({ length: times }, () => () => finops('GET', 'Currencies'));
        const answers = delay > 0 ? await Promise.all(work.map((ask) => ask())) : await inTurn(work);
        const token = await tokenFor({ ...sandbox, ...other }, sandbox.finops.url);
        const elsewhere = await sender(`${sandbox.finops.url}/data/`, token)('GET', 'Currencies');
        return { refused: answers.find(({ status }) => status === 429), elsewhere: elsewhere.status };
      } finally {
        await sandbox.stop();
      }
    };

    it('B7: are off', async () => {
      expect((await limited(undefined, 60, 1)).refused).to.equal(undefined);
    });

    it('B7: so many requests in a window; the misspelt word is the original; other users go on', async () => {
      const { refused, elsewhere } = await limited({ ...documentedLimits, requests: 2 }, 3);
      expect(refused && infolog(refused)).to.equal(
        'Number of requests exeeded the limit of 2 over the time window of 300 seconds.',
      );
      expect(Number(refused?.headers.get('retry-after'))).to.be.within(290, 300);
      expect(elsewhere).to.equal(200);
    });

    it('B7: so many at a time', async () => {
      const { refused } = await limited({ ...documentedLimits, concurrent: 2 }, 3, 100);
      expect(refused && infolog(refused)).to.equal('Number of concurrent requests exceeded the limit of 2.');
    });

    it('B7: count on each web server; the affinity cookie keeps a client on one', async () => {
      const userLimits = { requests: 1, windowSeconds: 60, webServers: 2 };
      const resources = { capacityMs: 60_000 };
      const { sandbox, finops } = await startWithClient({ empty: true, userLimits, resources });
      try {
        const first = await finops('GET', 'Currencies');
        const cookie = String(first.headers.get('set-cookie')).split(';')[0] ?? '';
        expect(cookie).to.match(/^ARRAffinity=[0-9a-f]{64}$/);
        const kept = await finops('GET', 'Currencies', { headers: { cookie } });
        const dropped = [await finops('GET', 'Currencies'), await finops('GET', 'Currencies')];
        expect([first, kept, ...dropped].map(({ status }) => status)).to.deep.equal([200, 429, 200, 429]);
      } finally {
        await sandbox.stop();
      }
    });

    it('B7: were 6,000 requests and 20 minutes of work in 300 seconds, and 52 requests at a time', () => {
      let now = 0;
      const fresh = (): ServiceProtection => new ServiceProtection(documentedLimits, () => now, finopsWording);
      /** What the user is told in the end, who asks so often for so long, one request after the other or all at once. */
      const told = (times: number, ms: number, atOnce = false): string | undefined => {
        const user = fresh();
        for (let asked = 0; asked < times; asked++) {
          const admission = user.admit();
          if (admission instanceof Refusal) throw new RangeError(`refused at ${asked}`);
          now += ms;
          if (!atOnce) admission.leave(1);
        }
        const last = user.admit();
        return last instanceof Refusal ? last.message : undefined;
      };
      expect(told(5_999, 1)).to.equal(undefined);
      expect(told(6_000, 1)).to.equal(
        'Number of requests exeeded the limit of 6000 over the time window of 300 seconds.',
      );
      expect(told(51, 1, true)).to.equal(undefined);
      expect(told(52, 1, true)).to.equal('Number of concurrent requests exceeded the limit of 52.');
      expect(told(1, 1_199_999)).to.equal(undefined);
      expect(told(1, 1_200_000)).to.contain('exceeded limit of 1200 seconds over time window of 300 seconds.');
    });

    it('B7: so much time for all of them together', () => {
      let now = 0;
      const user = new ServiceProtection(documentedLimits, () => now, finopsWording);
      const admission = user.admit();
      now += documentedLimits.executionMs;
      if (!(admission instanceof Refusal)) admission.leave(1);
      expect(user.admit()).to.have.property(
        'message',
        'Combined execution time of incoming requests exceeded limit of 1200 seconds over time window of 300 seconds. ' +
          'Decrease number of concurrent requests or reduce the duration of requests and try again later.',
      );
    });
  });
});

async function inTurn(work: readonly (() => Promise<Answer>)[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const ask of work) answers.push(await ask());
  return answers;
}
