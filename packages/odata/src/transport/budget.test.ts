import { expect } from 'chai';
import { clientOf, sendJson, startService } from '../fixture/service.test.util.js';
import { Budget } from './budget.js';

describe('A budget', () => {
  const turns = (budget: Budget, count: number): (() => number) => {
    let started = 0;
    for (let i = 0; i < count; i++) void budget.enter().then(() => started++);
    return () => started;
  };
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('lets in as many as the most modest of its clients allows', async () => {
    const budget = new Budget();
    budget.join(8);
    const leave = budget.join(2);
    const started = turns(budget, 10);
    await settled();
    expect(started()).to.equal(2);
    leave();
    await settled();
    expect(started()).to.equal(8);
  });

  it('halves when throttled, once for all that were sent together, and grows again with the answers', async () => {
    const budget = new Budget();
    budget.join(8);
    for (let i = 0; i < 8; i++) await budget.enter();
    budget.throttled(1000, 0, 900);
    budget.throttled(1001, 0, 901);
    const started = turns(budget, 20);
    for (let i = 0; i < 8; i++) budget.leave();
    await settled();
    expect(started()).to.equal(4);
    for (let i = 0; i < 25; i++) budget.answered(2000, 1900, 100);
    await settled();
    expect(started()).to.equal(5);
  });

  it('halves when answers take very long, or do not come in time', async () => {
    const budget = new Budget();
    budget.join(8);
    budget.answered(100_000, 30_000, 70_000);
    budget.timedOut(300_000, 120_000);
    const started = turns(budget, 20);
    await settled();
    expect(started()).to.equal(2);
  });

  it('keeps the longer of two pauses', () => {
    const budget = new Budget();
    budget.throttled(1000, 5000, 900);
    budget.throttled(2000, 1000, 1900);
    expect(budget.pausedFor(2000)).to.equal(4000);
    expect(budget.pausedFor(7000)).to.equal(0);
  });
});

describe('Requests to one target', () => {
  it('are under way in the number allowed, and start in the order in which they were made', async () => {
    let underWay = 0;
    let most = 0;
    const service = await startService((_request, response) => {
      most = Math.max(most, ++underWay);
      setTimeout(() => {
        underWay--;
        sendJson(response, {});
      }, 10);
    });
    const client = clientOf(service, { concurrency: 3 });
    const paths = Array.from({ length: 12 }, (_, index) => `row${index}`);
    await Promise.all(paths.map((path) => client.getJson(path)));
    await client.close();
    await service.stop();
    expect(most).to.equal(3);
    const arrived = service.requests.map(({ url }) => Number(/\d+$/.exec(url)?.[0]));
    arrived.forEach((row, position) => expect(Math.abs(row - position)).to.be.lessThan(3));
  });
});
