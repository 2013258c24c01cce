import { expect } from 'chai';
import { SeenIds } from './seen-ids.js';

const id = (n: number): string => `usmf/${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

describe('Ids that a full read has seen', () => {
  it('are told from those that it has not, however many there are', () => {
    const seen = new SeenIds();
    for (let n = 0; n < 50_000; n++) seen.add(id(2 * n));
    for (let n = 0; n < 50_000; n++) {
      if (!seen.has(id(2 * n))) expect.fail(`${id(2 * n)} was seen`);
      if (seen.has(id(2 * n + 1))) expect.fail(`${id(2 * n + 1)} was not seen`);
    }
  });

  it('count once, also when they come again', () => {
    const seen = new SeenIds();
    for (let n = 0; n < 5000; n++) seen.add('the same');
    expect([seen.has('the same'), seen.has('another')]).to.deep.equal([true, false]);
  });
});
