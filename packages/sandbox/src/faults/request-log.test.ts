import { expect } from 'chai';
import { RequestLog, type LogEntry } from './request-log.js';

const entry = (more: Partial<LogEntry>): LogEntry => ({
  ...{ system: 'psa', method: 'GET', url: '/', set: '', status: 200, ms: 0, ts: '', operations: 1 },
  ...more,
});

describe('the request log', () => {
  const MEGABYTE = 1024 * 1024;

  for (const what of ['body', 'headers'] as const) {
    it(`lets go of the oldest ${what === 'body' ? 'bodies' : 'headers'} above 16 MB, and of no request`, () => {
      const log = new RequestLog();
      for (let i = 0; i < 20; i++) {
        const text = 'x'.repeat(MEGABYTE);
        log.add(entry(what === 'body' ? { body: i % 2 ? Buffer.from(text) : text } : { headers: { a: text } }));
      }
      const kept = log.latest({ bodies: true, headers: true }).map((request) => request[what] !== undefined);
      expect(kept).to.have.length(20);
      expect(kept.lastIndexOf(false)).to.be.within(3, 4);
      expect(kept.indexOf(true)).to.equal(kept.lastIndexOf(false) + 1);
    });
  }

  it('has room for other headers, as it does not keep those with a secret', () => {
    const log = new RequestLog();
    for (let i = 0; i < 20; i++) {
      const secret = 'x'.repeat(MEGABYTE);
      log.add(
        entry({ headers: { authorization: secret, 'proxy-authorization': secret, cookie: secret, prefer: 'y' } }),
      );
    }
    const kept = log.latest({ headers: true }).map(({ headers }) => headers);
    expect(kept).to.deep.equal(Array.from({ length: 20 }, () => ({ prefer: 'y' })));
  });

  it('shows the beginning of an address that is very long', () => {
    const log = new RequestLog();
    const long = `/accounts?$filter=${'x'.repeat(60_000)}`;
    log.add(entry({ url: long }));
    const [{ url } = { url: '' }] = log.latest();
    expect(url).to.have.length.below(2100);
    expect(long).to.satisfy((whole: string) => whole.startsWith(url.slice(0, -1)));
    expect(url).to.match(/…$/);
  });

  it('has room again for what comes when requests themselves are let go', () => {
    const log = new RequestLog();
    for (let i = 0; i < 45_000; i++) log.add(entry({ body: 'x'.repeat(800) }));
    const kept = log.latest({ bodies: true });
    expect(kept).to.have.length(10_000);
    expect(kept.every(({ body }) => body?.length === 800)).to.equal(true);
  });
});
