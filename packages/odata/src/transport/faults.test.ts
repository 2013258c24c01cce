import { createServer, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import {
  clientOf,
  failureOf,
  sendJson,
  startService,
  virtualClock,
  type Service,
} from '../fixture/service.test.util.js';
import type { Headers } from '../request.js';

describe('A disturbed way to the service', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  /** Carries out the request, then breaks the connection instead of answering, so many times. */
  function loseAnswers(times: number): void {
    let left = times;
    service.handle = (_request, response) => {
      if (left-- > 0) response.destroy();
      else sendJson(response, { value: [] });
    };
  }

  it('costs a read no more than time', async () => {
    loseAnswers(2);
    const client = clientOf(service, { clock: virtualClock() });
    await client.getJson('Customers');
    await client.close();
    expect(service.requests).to.have.length(3);
  });

  it('never makes a POST go out twice: that its answer was lost is said, for the caller to look first', async () => {
    loseAnswers(1);
    const client = clientOf(service, { clock: virtualClock() });
    const failure = await failureOf(client.send({ method: 'POST', path: 'Customers', body: '{}' }));
    await client.close();
    expect(failure).to.include({ code: 'ODATA_ANSWER_LOST', recovery: 'retry' });
    expect(service.requests).to.have.length(1);
  });

  it('never makes a batch that writes go out twice, but one that only reads', async () => {
    loseAnswers(1);
    const client = clientOf(service, { clock: virtualClock() });
    const write = client.batch([{ method: 'PATCH', path: 'Customers(1)', body: '{}' }]);
    expect(await failureOf(write)).to.include({ code: 'ODATA_ANSWER_LOST' });
    expect(service.requests).to.have.length(1);

    loseAnswers(1);
    const read = client.batch([{ method: 'GET', path: 'Customers(1)' }]);
    // The second answer is no batch, and neither are those that follow.
    expect((await failureOf(read)).cause).to.include({ code: 'ODATA_BATCH_TORN' });
    await client.close();
    expect(service.requests.slice(1)).to.have.length.greaterThan(2);
  });

  it('lets a PATCH go out again, unless it is bound to a version of the row', async () => {
    const client = clientOf(service, { clock: virtualClock() });
    const patch = { method: 'PATCH', path: 'Customers(1)', body: '{}' } as const;
    const bound: Headers[] = [{ 'If-Match': 'W/"1"' }, { 'If-None-Match': '*' }];
    for (const headers of [undefined, { 'If-Match': '*' }]) {
      loseAnswers(1);
      await client.send({ ...patch, headers });
    }
    for (const headers of bound) {
      loseAnswers(1);
      expect(await failureOf(client.send({ ...patch, headers }))).to.include({ code: 'ODATA_ANSWER_LOST' });
    }
    await client.close();
    expect(service.requests).to.have.length(6);
  });

  it('ends in an error with the reason when it lasts', async () => {
    service.handle = (_request, response) => {
      response
        .writeHead(502, { 'content-type': 'text/html' })
        .end('<html><title>x</title><h1>502 Bad\nGateway</h1></html>');
    };
    const client = clientOf(service, { clock: virtualClock(), retries: 3 });
    const failure = await failureOf(client.getJson('Customers'));
    await client.close();
    expect(failure).to.include({ code: 'ODATA_SYSTEM_DOWN', recovery: 'fatal' });
    expect(failure.message).to.include('failed 4 time(s)').and.include('502 Bad Gateway');
  });

  it('may be a gateway that gave up on a write: its answer counts as lost', async () => {
    service.handle = (_request, response) => sendJson(response, {}, 504);
    const client = clientOf(service, { clock: virtualClock() });
    const failure = await failureOf(client.send({ method: 'POST', path: 'Customers', body: '{}' }));
    await client.close();
    expect(failure).to.include({ code: 'ODATA_ANSWER_LOST' });
  });

  it('may be silence: after the time allowed a write counts as lost', async () => {
    service.handle = () => undefined;
    const client = clientOf(service, { readTimeoutMs: 100 });
    const failure = await failureOf(client.send({ method: 'POST', path: 'Customers', body: '{}' }));
    await client.close();
    expect(failure).to.include({ code: 'ODATA_ANSWER_LOST' });
    expect(failure.message).to.include('no answer came in the time allowed');
  });

  it('may break an answer in the middle: a read is sent again', async () => {
    let torn = false;
    service.handle = (_request, response) => {
      if (torn) return sendJson(response, { value: [1] });
      torn = true;
      response.writeHead(200, { 'content-length': '1000' }).write('{"value":[', () => response.destroy());
    };
    const client = clientOf(service, { clock: virtualClock() });
    expect(await client.getJson('Customers')).to.deep.equal({ value: [1] });
    await client.close();
  });

  it('may cut a body short where nobody notices but its reader: a read is sent again', async () => {
    const whole = '{"value":[1,2,3]}';
    const bodies = [whole.slice(0, 9), '', whole, '', '12'];
    service.handle = (_request, response) => sendJson(response, bodies.shift() ?? '');
    const client = clientOf(service, { clock: virtualClock() });
    expect(await client.getJson('Customers')).to.deep.equal({ value: [1, 2, 3] });
    expect(await client.count('Customers/$count')).to.equal(12);
    await client.close();
    expect(service.requests).to.have.length(5);
  });

  it('may fail a single resource for good: that one ends, with what was wrong, and the others go on', async () => {
    service.handle = ({ url }, response) => sendJson(response, url.includes('Broken') ? '{"value":[' : { value: [] });
    const client = clientOf(service, { retries: 2 });
    const broken = failureOf(client.getJson('Broken'));
    let isOver = false;
    void broken.then(() => (isOver = true));
    while (!isOver) await client.getJson('Customers');
    expect(await broken).to.include({ code: 'ODATA_RETRIES_SPENT' });
    expect((await broken).message)
      .to.include('failed 3 time(s)')
      .and.include('no complete JSON');
    await client.close();
  });

  it('may be a service that fails over a batch of reads: it is sent again', async () => {
    const answers = ['500', 'batch'];
    service.handle = (_request, response) => {
      if (answers.shift() === '500') return sendJson(response, { error: { message: 'Oops.' } }, 500);
      const part = 'Content-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}\r\n';
      response.writeHead(200, { 'content-type': 'multipart/mixed; boundary=b' }).end(`--b\r\n${part}--b--`);
    };
    const client = clientOf(service, { clock: virtualClock() });
    const [answer] = await client.batch([{ method: 'GET', path: 'Customers(1)' }]);
    await client.close();
    expect(answer).to.include({ status: 200 });
  });

  it('leaves the outcome of many writes open where the service fails over them', async () => {
    service.handle = (_request, response) => sendJson(response, { error: { message: 'Oops.' } }, 500);
    const client = clientOf(service, { clock: virtualClock() });
    const { size } = client.portionsOf('Customers', 10);
    const write = client.batch([{ method: 'PATCH', path: 'Customers(1)', body: '{}' }], { size });
    expect(await failureOf(write)).to.include({ code: 'ODATA_ANSWER_LOST' });
    await client.close();
    expect(service.requests).to.have.length(1);
  });

  it('to a host that never answered is a matter of configuration: host, port and code are named at once', async () => {
    const { port } = new URL(service.origin);
    await service.stop();
    const clock = virtualClock();
    const client = clientOf(service, { clock });
    const failure = await failureOf(client.getJson('Customers'));
    await client.close();
    service = await startService();
    expect(failure).to.include({ code: 'ODATA_UNREACHABLE', recovery: 'fatal' });
    expect(failure.message).to.include(`127.0.0.1, port ${port} (ECONNREFUSED)`);
    expect(clock.slept).to.deep.equal([]);
  });

  it('to a host that has answered before may be a restart: it is waited for, also with a write', async () => {
    service.handle = (_request, response) => sendJson(response, {}, 200, { connection: 'close' });
    const clock = virtualClock();
    const client = clientOf(service, { clock, retries: 2 });
    await client.getJson('Customers');
    await service.stop();
    const failure = await failureOf(client.send({ method: 'POST', path: 'Customers', body: '{}' }));
    await client.close();
    service = await startService();
    expect(failure).to.include({ code: 'ODATA_SYSTEM_DOWN', recovery: 'fatal' });
    expect(failure.message).to.include('failed 3 time(s)').and.include('no connection (ECONNREFUSED)');
  });

  it('to a port that does not speak TLS is named as such', async () => {
    const plain = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    await new Promise((resolve) => plain.once('listening', resolve));
    const root = `https://127.0.0.1:${(plain.address() as AddressInfo).port}/`;
    const client = clientOf(service, { root });
    const failure = await failureOf(client.getJson('Customers'));
    await client.close();
    plain.close();
    expect(failure).to.include({ code: 'ODATA_TLS', recovery: 'fatal' });
  });
});

describe('A caller that gives up', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('ends a request under way, with its own reason', async () => {
    const stop = new AbortController();
    service.handle = () => stop.abort(new RangeError('enough'));
    const client = clientOf(service);
    const failure = await failureOf(client.getJson('Customers', { signal: stop.signal }));
    await client.close();
    expect(failure).to.be.instanceOf(RangeError);
  });

  it('ends the waiting for a second attempt', async () => {
    const stop = new AbortController();
    service.handle = (_request, response) => {
      sendJson(response, {}, 429, { 'retry-after': '60' });
      setTimeout(() => stop.abort(new RangeError('enough')), 30);
    };
    const client = clientOf(service);
    const failure = await failureOf(client.getJson('Customers', { signal: stop.signal }));
    await client.close();
    expect(failure).to.be.instanceOf(RangeError);
    expect(service.requests).to.have.length(1);
  });

  it('leaves the queue, and those behind it still have their turn', async () => {
    const stop = new AbortController();
    let release = (): void => undefined;
    service.handle = ({ url }, response) => {
      if (url.endsWith('first')) release = () => sendJson(response, {});
      else sendJson(response, {});
    };
    const client = clientOf(service, { concurrency: 1 });
    const first = client.getJson('first');
    const second = failureOf(client.getJson('second', { signal: stop.signal }));
    const third = client.getJson('third');
    while (service.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort(new RangeError('enough'));
    expect(await second).to.be.instanceOf(RangeError);
    release();
    await Promise.all([first, third]);
    await client.close();
    expect(service.requests.map(({ url }) => url)).to.deep.equal(['/data/first', '/data/third']);
  });
});
