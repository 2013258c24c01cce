import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { Folder, start } from '../testing/index.js';

describe('isthmus sandbox', () => {
  const folder = new Folder();
  after(() => folder.remove());

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`prints one line when it is ready, answers, and ends well on ${signal}`, async function () {
      if (process.platform === 'win32') return this.skip();
      const child = start(['sandbox', '--json', '--empty'], { cwd: folder.path });
      const closed = once(child, 'close');
      const lines: string[] = [];
      const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
      await once(reader, 'line');
      const ready = JSON.parse(lines[0] ?? '') as { psa: { url: string }; clientId: string; clientSecret: string };
      expect(ready)
        .to.have.nested.property('finops.url')
        .that.matches(/^http:\/\/127\.0\.0\.1:\d+/);
      expect(ready).to.have.nested.property('token.url').that.contains('oauth2');
      expect(ready).to.include.keys('clientId', 'clientSecret', 'tenant');
      expect((await fetch(`${ready.psa.url}/api/data/v9.2/accounts`)).status).to.equal(401);
      child.kill(signal);
      expect(await closed).to.deep.equal([0, null]);
      expect(lines).to.have.length(1);
    });
  }

  it('listens to this machine only, unless told otherwise', async () => {
    const { status, stderr } = await folder.isthmus('sandbox', '--host', '0.0.0.0');
    expect(status).to.equal(2);
    expect(stderr).to.contain('SANDBOX_HOST_NOT_LOOPBACK');
  });

  it('takes whole numbers only', async () => {
    const { status, stderr } = await folder.isthmus('sandbox', '--psa-port', 'high');
    expect(status).to.equal(2);
    expect(stderr).to.contain('--psa-port').and.to.contain('whole number');
  });
});
