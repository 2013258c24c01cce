import { expect } from 'chai';
import { differencesOf, killedAtRandom, killedAtStep, undisturbed, type Undisturbed } from '../soak/crashes.js';

const SCALE = 0.2;

/** All steps, and hundreds of random kills: `npm run soak -- crash`. */
describe('A run that is killed, as seen from its store', () => {
  let whole: Undisturbed;

  before(async () => {
    whole = await undisturbed(SCALE);
  });

  for (const share of [0.25, 0.5, 0.75, 1]) {
    it(`before it has remembered ${100 * share} % of its steps ends, with the next run, as if nothing had happened`, async () => {
      const step = Math.round(whole.steps * share);
      expect(step).to.be.greaterThan(1);
      expect(differencesOf(whole, await killedAtStep(SCALE, step, 'before'))).to.deep.equal([]);
    });
  }

  it('three times at random moments ends, with the next run, as if nothing had happened', async () => {
    expect(differencesOf(whole, await killedAtRandom(SCALE, 3, whole.durationMs))).to.deep.equal([]);
  });
});
