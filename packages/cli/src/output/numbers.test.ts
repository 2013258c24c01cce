import { expect } from 'chai';
import { count, counted, duration } from './numbers.js';

describe('Numbers for people', () => {
  it('have groups of three digits', () => {
    expect(count(1234567)).to.equal('1,234,567');
  });

  it('agree with their noun', () => {
    expect(counted(1, 'record')).to.equal('1 record');
    expect(counted(0, 'record')).to.equal('0 records');
  });

  it('are seconds, and minutes where there are any', () => {
    expect(duration(430)).to.equal('0.4 s');
    expect(duration(59_940)).to.equal('59.9 s');
    expect(duration(125_000)).to.equal('2 min 05 s');
  });
});
