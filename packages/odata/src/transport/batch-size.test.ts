import { expect } from 'chai';
import { clientOf, sendJson, startService, type Service } from '../fixture/service.test.util.js';
import { BatchSize } from './batch-size.js';

describe('The size of a batch', () => {
  it('is as configured until the service shows that it is too much', () => {
    const size = new BatchSize();
    expect(size.upTo(500)).to.equal(500);
    size.answered(500, 45_000);
    expect(size.upTo(500)).to.equal(250);
    size.tooMuch(250);
    expect(size.upTo(500)).to.equal(125);
    expect(size.upTo(100)).to.equal(100);
  });

  it('grows again by steps while answers are quick, and stays where they are neither quick nor slow', () => {
    const size = new BatchSize();
    size.tooMuch(200);
    size.answered(100, 20_000);
    expect(size.upTo(500)).to.equal(100);
    size.answered(100, 900);
    size.answered(110, 900);
    expect(size.upTo(500)).to.equal(121);
    // A portion that was smaller anyhow says nothing of larger ones.
    size.answered(20, 10);
    expect(size.upTo(500)).to.equal(121);
  });

  it('never falls below one', () => {
    const size = new BatchSize();
    for (let i = 0; i < 20; i++) size.tooMuch(size.upTo(1000));
    expect(size.upTo(1000)).to.equal(1);
  });
});

describe('What one client learns of the size of batches', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('holds for every client of the process, for this entity alone', async () => {
    service.handle = (_request, response) => sendJson(response, { error: { message: 'Too large.' } }, 413);
    const [one, two] = [clientOf(service), clientOf(service, { name: 'finops-too' })];
    const { size } = one.portionsOf('Customers', 100);
    const operations = Array.from({ length: 100 }, () => ({ method: 'DELETE', path: 'Customers(1)' }) as const);
    await one.batch(operations, { size }).catch(() => undefined);
    expect(two.portionsOf('Customers', 100).size.upTo(100)).to.equal(50);
    expect(two.portionsOf('Projects', 100).size.upTo(100)).to.equal(100);
    await Promise.all([one.close(), two.close()]);
  });

  it('is also learnt from silence and from gateways that give up', async () => {
    const client = clientOf(service, { readTimeoutMs: 100 });
    const { size } = client.portionsOf('Customers', 100);
    const operations = Array.from({ length: 100 }, () => ({ method: 'DELETE', path: 'Customers(1)' }) as const);
    service.handle = () => undefined;
    await client.batch(operations, { size }).catch(() => undefined);
    service.handle = (_request, response) => sendJson(response, {}, 504);
    await client.batch(operations.slice(50), { size }).catch(() => undefined);
    expect(size.upTo(100)).to.equal(25);
    await client.close();
  });
});
