import { expect } from 'chai';
import {
  clientOf,
  failureOf,
  sendJson,
  startService,
  virtualClock,
  type Service,
} from '../fixture/service.test.util.js';

describe('A system that is down', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'answered',
      (thrown: { code?: string }) => thrown.code,
    );

  it('is found out by the first request that loses patience; all others that wait end with it', async () => {
    service.handle = (_request, response) => void response.destroy();
    const clock = { ...virtualClock(), sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 20)) };
    const [one, two] = [clientOf(service, { clock, retries: 2 }), clientOf(service, { clock, retries: 1000 })];
    const codes = await Promise.all([
      codeOf(one.getJson('Customers')),
      ...Array.from({ length: 12 }, (_, i) => codeOf(two.getJson(`Projects(${i})`))),
    ]);
    expect(new Set(codes)).to.deep.equal(new Set(['ODATA_SYSTEM_DOWN']));
    await Promise.all([one.close(), two.close()]);
  });

  it('is left alone for half a minute, and asked again after that', async () => {
    service.handle = (_request, response) => void response.destroy();
    const clock = virtualClock();
    const client = clientOf(service, { clock, retries: 1 });
    expect(await failureOf(client.getJson('Customers'))).to.include({ code: 'ODATA_SYSTEM_DOWN', recovery: 'fatal' });
    const asked = service.requests.length;
    service.handle = (_request, response) => sendJson(response, {});
    expect(await codeOf(client.getJson('Customers'))).to.equal('ODATA_SYSTEM_DOWN');
    expect(service.requests).to.have.length(asked);
    await clock.sleep(30_000);
    expect(await codeOf(client.getJson('Customers'))).to.equal('answered');
    await client.close();
  });

  it('may be one that fails over everything it is asked, also where it says so itself', async () => {
    service.handle = (_request, response) => sendJson(response, { error: { message: 'Cannot start.' } }, 500);
    const client = clientOf(service, { clock: virtualClock(), retries: 1 });
    const failure = await failureOf(client.getJson('Customers'));
    expect(failure).to.include({ code: 'ODATA_SYSTEM_DOWN', recovery: 'fatal' });
    expect(failure.message).to.include('Cannot start.');
    expect(await codeOf(client.getJson('Projects'))).to.equal('ODATA_SYSTEM_DOWN');
    expect(service.requests).to.have.length(2);
    await client.close();
  });

  it('is none that fails over one thing and answers another', async () => {
    service.handle = ({ url }, response) =>
      sendJson(response, { value: [], error: { message: 'Cannot parse.' } }, url.includes('Broken') ? 500 : 200);
    const client = clientOf(service, { retries: 2 });
    let isOver = false;
    const broken = codeOf(client.getJson('Broken')).finally(() => (isOver = true));
    while (!isOver) await client.getJson('Customers');
    expect(await broken).to.equal('ODATA_RETRIES_SPENT');
    expect(await codeOf(client.getJson('Customers'))).to.equal('answered');
    await client.close();
  });

  it('does not keep what is under way from being answered', async () => {
    let release = (): void => undefined;
    service.handle = ({ method }, response) => {
      if (method === 'POST') release = () => sendJson(response, { done: true });
      else response.destroy();
    };
    const client = clientOf(service, { clock: virtualClock(), retries: 2 });
    const write = client.send({ method: 'POST', path: 'Customers', body: '{}' });
    while (service.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await codeOf(client.getJson('Customers'))).to.equal('ODATA_SYSTEM_DOWN');
    release();
    expect((await write).json()).to.deep.equal({ done: true });
    await client.close();
  });
});
