import { expect } from 'chai';
import { RecentMap } from './recent-map.js';

describe('A map of recent entries', () => {
  it('forgets what has not been used for longest', () => {
    const map = new RecentMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c')]).to.deep.equal([1, undefined, 3]);
  });
});
