import { expect } from 'chai';
import { wholeTables } from '../support/finops.js';
import { killedAt, type Moment } from '../support/killed-at.js';
import type { Passage } from '../support/relay.js';
import { isReconciled, type HeldLine } from '../support/run-result.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

/** Large enough that contract lines are written in two batches. */
const SCALE = 6;

const isBatch = ({ path }: Passage): boolean => path.endsWith('$batch');
const isFirstPage = ({ path }: Passage): boolean => path.includes('/salesorders?$select=salesorderid,exchangerate');

const MOMENTS: readonly (Moment & { readonly what: string })[] = [
  { what: 'while it reads the first rows', system: 'psa', at: isFirstPage, nth: 1, when: 'after' },
  { what: 'before F&O gets the contracts', system: 'finops', at: isBatch, nth: 1, when: 'before' },
  { what: 'when F&O has taken the contracts and not said so', system: 'finops', at: isBatch, nth: 1, when: 'after' },
  { what: 'when F&O has taken the projects and not said so', system: 'finops', at: isBatch, nth: 2, when: 'after' },
  { what: 'when F&O has taken half of the contract lines', system: 'finops', at: isBatch, nth: 3, when: 'after' },
  { what: 'when F&O has taken the milestones and not said so', system: 'finops', at: isBatch, nth: 5, when: 'after' },
];

type Tables = Awaited<ReturnType<typeof wholeTables>>;

describe('A run that is killed', () => {
  let undisturbed: Tables;
  let heldThen: string[];

  before(() =>
    withSandbox({ scale: SCALE }, async (sandbox) => {
      const site = new Site(sandbox);
      await site.run();
      heldThen = await heldIn(site);
      undisturbed = await wholeTables(sandbox);
    }),
  );

  for (const moment of MOMENTS) {
    it(`${moment.what}: the next run ends in the same state, nothing lost and nothing twice`, () =>
      withSandbox({ scale: SCALE }, async (sandbox) => {
        const site = await killedAt(moment, sandbox);
        const result = await site.run();
        expect(result.error?.code).to.equal(undefined);
        expect(isReconciled(result)).to.equal(true);
        expect(await wholeTables(sandbox)).to.deep.equal(undisturbed);
        expect(await heldIn(site)).to.deep.equal(heldThen);
      }));
  }

  it('is shown as running, and as failed once the next run has found out; never as done', () =>
    withSandbox({ scale: 0.1 }, async (sandbox) => {
      const site = await killedAt(MOMENTS[2]!, sandbox);
      const statuses = async (): Promise<string[]> =>
        (await site.isthmus('history', '--json')).json<{ status: string }[]>().map(({ status }) => status);
      expect(await statuses()).to.deep.equal(['running']);
      await site.run();
      expect(await statuses()).to.deep.equal(['warning', 'failed']);
    }));
});

/** What is held back, and why. */
async function heldIn(site: Site): Promise<string[]> {
  const lines = (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
  return lines.map(({ task, key, code }) => `${task} ${key} ${code}`).sort();
}
