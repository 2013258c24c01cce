import { expect } from 'chai';
import { currencies } from './currencies.js';
import { baseDigits, digits, fromBase, rounded } from './money.js';

describe('sample money', () => {
  it('is written with four digits after the point', () => {
    expect(digits(200_000_000)).to.equal('20000.0000');
    expect(digits(105)).to.equal('0.0105');
  });

  it('is divided by the exchange rate to get the base currency', () => {
    expect(baseDigits(1_000_000, currencies.EUR)).to.equal('108.5187');
    expect(baseDigits(1_000_000, currencies.USD)).to.equal('100.0000');
  });

  it('has no fractions of a cent, and none of a yen', () => {
    expect(digits(fromBase(333_300, currencies.GBP))).to.equal('26.3100');
    expect(digits(fromBase(333_300, currencies.JPY))).to.equal('4983.0000');
    expect(digits(rounded(12_345_678, currencies.CHF))).to.equal('1234.5700');
  });
});
