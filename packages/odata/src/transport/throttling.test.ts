import { EventBus } from '@isthmus/core';
import { expect } from 'chai';
import {
  clientOf,
  failureOf,
  fixedToken,
  sendJson,
  startService,
  virtualClock,
  type Service,
} from '../fixture/service.test.util.js';

describe('A service that asks for a pause', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  function throttleFirst(headers: () => Record<string, string>, status = 429): () => number {
    let throttledAt = 0;
    service.handle = (_request, response) => {
      if (throttledAt > 0) return sendJson(response, { value: [] });
      throttledAt = Date.now();
      sendJson(
        response,
        { error: { code: '0x80072322', message: 'Number of requests exceeded the limit.' } },
        status,
        headers(),
      );
    };
    return () => throttledAt;
  }

  it('gets no request before the seconds of its Retry-After are over', async () => {
    const throttledAt = throttleFirst(() => ({ 'retry-after': '1' }));
    const client = clientOf(service);
    await client.getJson('Customers');
    await client.close();
    expect(service.requests).to.have.length(2);
    expect(service.requests[1]!.at - throttledAt()).to.be.within(1000, 1600);
  });

  it('gets no request before the date of its Retry-After', async function () {
    this.timeout(5000);
    let until = 0;
    throttleFirst(() => {
      until = Math.ceil((Date.now() + 500) / 1000) * 1000;
      return { 'retry-after': new Date(until).toUTCString() };
    }, 503);
    const client = clientOf(service);
    await client.getJson('Customers');
    await client.close();
    expect(service.requests[1]!.at).to.be.at.least(until);
  });

  it('is left alone by every client of the same identity, and by requests that come later', async () => {
    const throttledAt = throttleFirst(() => ({ 'retry-after': '1' }));
    const [one, two] = [clientOf(service), clientOf(service, { name: 'finops-too' })];
    const first = one.getJson('Customers');
    while (throttledAt() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([first, two.getJson('Projects'), one.getJson('Contracts')]);
    await Promise.all([one.close(), two.close()]);
    expect(service.requests).to.have.length(4);
    for (const { at } of service.requests.slice(1)) expect(at - throttledAt()).to.be.at.least(1000);
  });

  it('is still left alone when the client that was told so has been closed', async () => {
    throttleFirst(() => ({ 'retry-after': '3600' }));
    const clock = virtualClock();
    const one = clientOf(service, { clock });
    expect(await failureOf(one.getJson('Customers'))).to.have.property('code', 'ODATA_RETRIES_SPENT');
    await one.close();
    const two = clientOf(service, { clock });
    expect(await failureOf(two.getJson('Customers'))).to.have.property('code', 'ODATA_RETRIES_SPENT');
    await two.close();
    expect(service.requests).to.have.length(1);
  });

  it('does not hold up another identity', async () => {
    throttleFirst(() => ({ 'retry-after': '3600' }));
    const clock = virtualClock();
    const one = clientOf(service, { clock });
    await failureOf(one.getJson('Customers'));
    const other = clientOf(service, { clock, token: fixedToken('another') });
    await other.getJson('Customers');
    await Promise.all([one.close(), other.close()]);
    expect(service.requests).to.have.length(2);
  });

  it('also gets its writes again: a throttled request was not carried out', async () => {
    throttleFirst(() => ({ 'retry-after': '2' }));
    const clock = virtualClock();
    const client = clientOf(service, { clock });
    await client.send({ method: 'POST', path: 'Customers', body: '{}' });
    await client.close();
    expect(clock.slept).to.deep.equal([2000]);
    expect(service.requests.map(({ method }) => method)).to.deep.equal(['POST', 'POST']);
  });

  it('and names no time, gets no request for half a minute, from none of its clients', async () => {
    throttleFirst(() => ({}));
    const clock = virtualClock();
    const [one, two] = [clientOf(service, { clock }), clientOf(service, { clock })];
    await one.getJson('Customers');
    await two.getJson('Projects');
    await Promise.all([one.close(), two.close()]);
    expect(clock.slept).to.deep.equal([30_000]);
    expect(service.requests).to.have.length(3);
  });

  it('is asked again as often as it wants while there is time, and then given up with what it said', async () => {
    service.handle = (_request, response) =>
      sendJson(response, { error: { message: 'Busy.' } }, 429, { 'retry-after': '60' });
    const clock = virtualClock();
    const client = clientOf(service, { clock, retries: 2, retryBudgetMs: 300_000 });
    const failure = await failureOf(client.getJson('Customers'));
    await client.close();
    expect(failure).to.include({ code: 'ODATA_RETRIES_SPENT', recovery: 'fatal' });
    expect(failure.message).to.include('failed 6 time(s)').and.include('300 s').and.include('Busy.');
    expect(service.requests).to.have.length(6);
  });

  /** Answers the operations of batches, the named one with a 429 for so many times. */
  function throttleOperation(name: string, times: number, told = '\r\nRetry-After: 7'): void {
    let left = times;
    service.handle = ({ body, url }, response) => {
      const paths = [...body.matchAll(/^POST (\S+) HTTP/gm)].map(([, path = '']) => path);
      if (!url.endsWith('$batch')) return sendJson(response, {});
      const parts = paths.map((path) => {
        const put = path.endsWith(name) && left-- > 0;
        const status = put ? `429 Too Many Requests${told}` : '201 Created';
        return `--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 ${status}\r\n\r\n{}\r\n`;
      });
      response.writeHead(200, { 'content-type': 'multipart/mixed; boundary=b' }).end(`${parts.join('')}--b--`);
    };
  }
  const post = (path: string) => ({ method: 'POST', path, body: '{}' }) as const;

  it('may say so for single operations of a batch: these alone are sent again, after the pause', async () => {
    throttleOperation('Two', 2);
    const clock = virtualClock();
    const client = clientOf(service, { clock });
    const parts = await client.batch([post('One'), post('Two'), post('Three')]);
    await client.close();
    expect(parts.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    expect(clock.slept).to.deep.equal([7000, 7000]);
    expect(service.requests.map(({ body }) => body.match(/^POST/gm)?.length)).to.deep.equal([3, 1, 1]);
  });

  it('and may name no time for these either: they wait as long as a request would', async () => {
    throttleOperation('Two', 1, '');
    const clock = virtualClock();
    const client = clientOf(service, { clock });
    const parts = await client.batch([post('One'), post('Two')]);
    await client.close();
    expect(parts.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect(clock.slept).to.deep.equal([30_000]);
  });

  it('and says so for longer than anybody waits, leaves these operations unanswered and the others done', async () => {
    throttleOperation('Two', 1000);
    const client = clientOf(service, { clock: virtualClock(), retryBudgetMs: 60_000 });
    const parts = await client.batch([post('One'), post('Two')]);
    await client.close();
    expect(parts.map(({ status }) => status)).to.deep.equal([201, 429]);
  });

  it('is shown as it happens, without what a URL may hide', async () => {
    throttleFirst(() => ({ 'retry-after': '2' }));
    const events = new EventBus();
    const seen: object[] = [];
    events.on('request.retried', (event) => seen.push(event));
    events.on('request.sent', ({ status, url }) => seen.push({ status, url }));
    const client = clientOf(service, { clock: virtualClock(), events });
    await client.getJson('Customers?$top=1&sig=hush');
    await client.close();
    const url = `${service.root}Customers?$top=1&sig=***`;
    const reason = 'status 429, {"error":{"code":"0x80072322","message":"Number of requests exceeded the limit."}}';
    expect(seen).to.deep.equal([
      { status: 429, url },
      { connection: 'finops', method: 'GET', url, attempt: 1, delayMs: 2000, reason },
      { status: 200, url },
    ]);
  });
});
