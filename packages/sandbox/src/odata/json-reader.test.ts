import { expect } from 'chai';
import { numberOf, numeralOf, readJson } from './json-reader.js';
import { Refusal } from './refusal.js';

describe('JSON bodies', () => {
  it('lose no digit of a long number', () => {
    const { amount, small } = readJson('{"amount":12345678901234.123456,"small":1.5}');
    expect(numeralOf(amount)).to.equal('12345678901234.123456');
    expect(small).to.equal(1.5);
  });

  it('give short numbers as numbers although another one is long', () => {
    const { count, amount } = readJson('{"count":7,"amount":0.1234567890123456789}');
    expect(count).to.equal(7);
    expect(numberOf(amount)).to.be.closeTo(0.123456789, 1e-9);
  });

  it('that are no object are refused', () => {
    for (const body of ['', '[]', '"x"', '{"a":', 'null'])
      expect(
        refusalOf(() => readJson(body)),
        body,
      ).to.equal(400);
  });
});

function refusalOf(work: () => unknown): number | undefined {
  try {
    work();
    return undefined;
  } catch (refusal) {
    return refusal instanceof Refusal ? refusal.status : undefined;
  }
}
