import { expect } from 'chai';
import { autoNumbers, dice, guids } from './random.js';

describe('sample randomness', () => {
  it('gives the same value for the same seed, label and index, in any order', () => {
    const roll = dice(5, 'label');
    const [second, first] = [roll(2), roll(1)];
    expect([first, second]).to.deep.equal([dice(5, 'label')(1), dice(5, 'label')(2)]);
  });

  it('differs by seed and by label', () => {
    const values = [guids(1, 'a')(0), guids(2, 'a')(0), guids(1, 'b')(0)];
    expect(new Set(values).size).to.equal(3);
  });

  it('never gives a guid twice for one label', () => {
    const guid = guids(1, 'salesorder');
    const seen = new Set(Array.from({ length: 50_000 }, (_, index) => guid(index)));
    expect(seen.size).to.equal(50_000);
  });

  it('spreads its rolls evenly', () => {
    const roll = dice(1, 'even');
    const counts = [0, 0, 0, 0];
    for (let index = 0; index < 8_000; index++) counts[roll(index) % 4]! += 1;
    for (const count of counts) expect(count).to.be.within(1_850, 2_150);
  });

  it('keeps numbering when five digits are not enough', () => {
    expect(autoNumbers(1, 'ORD')(22)).to.match(/^ORD-01022-[A-Z0-9]{6}$/);
    expect(autoNumbers(1, 'ORD')(399_999)).to.match(/^ORD-400999-[A-Z0-9]{6}$/);
  });
});
