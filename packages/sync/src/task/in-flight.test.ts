import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import { InFlight } from './in-flight.js';

describe('Batches under way', () => {
  it('are never more than allowed', async () => {
    const inFlight = new InFlight(3);
    let running = 0;
    let most = 0;
    for (let i = 0; i < 20; i++) {
      await inFlight.add(async () => {
        most = Math.max(most, ++running);
        await delay(2);
        running--;
      });
    }
    await inFlight.drain();
    expect([most, running]).to.deep.equal([3, 0]);
  });

  it('report the first failure to whoever adds or waits next', async () => {
    const inFlight = new InFlight(1);
    await inFlight.add(() => Promise.reject(new RangeError('first')));
    const failure: unknown = await inFlight.add(() => Promise.resolve()).catch((thrown: unknown) => thrown);
    expect(failure).to.be.instanceOf(RangeError);
  });
});
