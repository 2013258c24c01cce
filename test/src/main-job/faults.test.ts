import { expect } from 'chai';
import { deliverThroughFaults } from '../soak/faults.js';
import { IN_PACKAGES, ROUND_TRIP } from '../soak/freights.js';
import { isReconciled } from '../support/run-result.js';

describe('A run in which one request in ten fails, by turns', function () {
  this.timeout(300_000);

  it('loses nothing and doubles nothing: 429, 500, 503, reset connection, torn body, half a body, lost answer', async () => {
    const result = await deliverThroughFaults({ scale: 0.6, portion: 4 });
    expect(result.lost).to.deep.equal([]);
    expect(result.doubled).to.deep.equal([]);
    expect(result.last).to.include({ status: 'warning', balanced: true });
    expect(isReconciled(result.last)).to.equal(true);
    expect(result.rows).to.be.greaterThan(100);
    expect(result.kinds).to.have.all.keys('429', '500', '503', 'drop-before', 'torn', 'half', 'drop-after');
    expect(result.disturbed / result.requests).to.be.within(0.08, 0.12);
    // Patience is for the faults to need no second start.
    expect(result.runs).to.equal(1);
  });

  it('nor where rows go in data packages', async () => {
    const result = await deliverThroughFaults({ scale: 1, portion: 20, freight: IN_PACKAGES });
    expect(result.lost).to.deep.equal([]);
    expect(result.doubled).to.deep.equal([]);
    expect(result.last).to.include({ status: 'warning', balanced: true });
    expect(result.disturbed).to.be.greaterThan(10);
  });

  it('nor on the way there and back: actuals, their posting, vouchers, taxes and connections', async () => {
    const result = await deliverThroughFaults({ scale: 0.2, portion: 5, freight: ROUND_TRIP });
    expect(result.lost).to.deep.equal([]);
    expect(result.doubled).to.deep.equal([]);
    expect(result.last).to.include({ status: 'warning', balanced: true });
    expect(result.kinds).to.have.all.keys('429', '500', '503', 'drop-before', 'torn', 'half', 'drop-after');
    expect(result.rows).to.be.greaterThan(300);
  });
});
