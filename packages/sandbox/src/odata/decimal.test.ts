import { expect } from 'chai';
import { compareDecimals, divide, toDecimal, toScale } from './decimal.js';

describe('decimals', () => {
  it('are read as digits, with or without exponent', () => {
    const cases = { '12.50': '12.50', '-0.0': '0.0', '007': '7', '1e3': '1000', '1.5E-3': '0.0015', '-2.5e1': '-25' };
    for (const [text, digits] of Object.entries(cases)) expect(toDecimal(text), text).to.equal(digits);
  });

  it('that are no numbers are not read', () => {
    for (const text of ['', 'abc', '1,5', '0x10', '1.2.3']) expect(toDecimal(text), text).to.equal(undefined);
  });

  it('are rounded half away from zero and filled up to their scale', () => {
    expect(toScale('1.00005', 4, true)).to.equal('1.0001');
    expect(toScale('-1.00005', 4, true)).to.equal('-1.0001');
    expect(toScale('0.99996', 4, true)).to.equal('1.0000');
    expect(toScale('5', 2, true)).to.equal('5.00');
    expect(toScale('5.50', 6, false)).to.equal('5.5');
    expect(toScale('-0.00001', 4, false)).to.equal('0');
  });

  it('keep digits that a double cannot hold', () => {
    expect(toScale('12345678901234567890.1234', 4, true)).to.equal('12345678901234567890.1234');
    expect(compareDecimals('12345678901234567890.1', '12345678901234567890.2')).to.be.below(0);
    expect(compareDecimals('12345678901234567890.10', '12345678901234567890.1')).to.equal(0);
  });

  it('are divided exactly', () => {
    expect(divide('100', '3', 4)).to.equal('33.3333');
    expect(divide('-200', '3', 4)).to.equal('-66.6667');
    expect(divide('1', '0.00', 4)).to.equal(undefined);
  });
});
