import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { LoggedRequest, StandingFault } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Folder, SandboxedFolder, start } from '../../testing/index.js';

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

  it('takes any option of the sandbox from a file; the command line wins', async () => {
    folder.write('sandbox.json', JSON.stringify({ empty: true, psaPort: 1, wrongSecretStatus: 400 }));
    const child = start(['sandbox', '--json', '--options', 'sandbox.json', '--psa-port', '0'], { cwd: folder.path });
    const closed = once(child, 'close');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { token, clientId } = JSON.parse(line) as { token: { url: string }; clientId: string };
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: 'wrong', scope: 'x/.default' };
    expect((await fetch(token.url, { method: 'POST', body: new URLSearchParams(form) })).status).to.equal(400);
    child.kill('SIGTERM');
    expect(await closed).to.deep.equal([0, null]);
  });

  for (const [what, text, says] of [
    ['a name that is none', '{"dataverse":{"deltaLink":"every"}}', 'dataverse.deltaLink'],
    ['a value that is none', '{"dataverse":{"deltaLinks":"some"}}', 'last, every'],
    ['no object', '[]', 'it is no object'],
    ['no JSON', '{', 'CLI_OPTIONS_UNREADABLE'],
  ] as const) {
    it(`refuses a file of options with ${what}`, async () => {
      folder.write('wrong.json', text);
      const { status, stderr } = await folder.isthmus('sandbox', '--options', 'wrong.json');
      expect(status).to.equal(2);
      expect(stderr).to.contain(says);
    });
  }

  it('takes whole numbers only', async () => {
    const { status, stderr } = await folder.isthmus('sandbox', '--psa-port', 'high');
    expect(status).to.equal(2);
    expect(stderr).to.contain('--psa-port').and.to.contain('whole number');
  });
});

describe('isthmus sandbox fault and log', function () {
  this.timeout(120_000);
  let folder: SandboxedFolder;
  before(async () => (folder = await SandboxedFolder.create({ empty: true })));
  after(() => folder.stop());

  const fault = (...args: string[]) => folder.isthmus('sandbox', 'fault', ...args);
  const status = async (): Promise<number> => (await fetch(`${folder.sandbox.psa.url}/api/data/v9.2/accounts`)).status;

  it('makes something go wrong in the sandbox that the rc file leads to, and shows what it did', async () => {
    const options = ['--system', 'psa', '--status', '503', '--entity', 'accounts', '--every', '2', '--seed', '7'];
    const added = (await fault('add', 'status', ...options, '--json')).json() as StandingFault[];
    expect(added).to.have.length(1);
    expect(added[0]).to.include({ kind: 'status', set: 'accounts', every: 2, seed: 7, hits: 0 });
    expect([await status(), await status(), await status()]).to.deep.equal([503, 401, 503]);

    const { stdout } = await fault('list');
    expect(stdout).to.match(/psa +status +status 503, every 2, set accounts, seed 7 +2/);
    const log = await folder.isthmus('sandbox', 'log', '--entity', 'accounts', '--system', 'psa');
    expect(log.stdout.match(/503 .* status +GET \/api\/data\/v9\.2\/accounts/g)).to.have.length(2);

    await fault('clear', String(added[0]?.id));
    expect(await status()).to.equal(401);
    expect((await fault('list')).stdout).to.equal('No fault stands.\n');
    const again = await fault('clear', String(added[0]?.id));
    expect(again.status).to.equal(2);
    expect(again.stderr).to.contain('CLI_SANDBOX_REFUSED');
  });

  it('gives the log as lines of JSON, with what was sent, and empties it', async () => {
    const { url } = folder.sandbox.finops;
    await folder.isthmus('sandbox', 'log', '--clear');
    await fetch(`${url}/data/Currencies`, { method: 'POST', body: '{"CurrencyCode":"EUR"}' });
    const log = await folder.isthmus('sandbox', 'log', '--json', '--bodies', '--clear', '--url', url);
    const lines = log.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LoggedRequest);
    expect(lines.map(({ method, status: answer, body }) => [method, answer, body])).to.deep.equal([
      ['POST', 401, '{"CurrencyCode":"EUR"}'],
    ]);
    expect((await folder.isthmus('sandbox', 'log')).stdout).to.equal('Nothing was asked.\n');
  });

  it('shows requests as they were sent, headers and all but secrets, where it is told to', async () => {
    const { url } = folder.sandbox.finops;
    const headers = { prefer: 'odata.maxpagesize=2', authorization: 'Bearer secret' };
    await fetch(`${url}/data/Currencies`, { method: 'POST', body: '{"CurrencyCode":"EUR"}', headers });
    const { stdout } = await folder.isthmus('sandbox', 'log', '--headers', '--bodies');
    expect(stdout).to.match(
      /\nPOST \/data\/Currencies\n[^]*\nprefer: odata\.maxpagesize=2\n[^]*\n\n\{"CurrencyCode":"EUR"\}\n/,
    );
    expect(stdout).not.to.contain('secret');
    const lines = (await folder.isthmus('sandbox', 'log', '--headers', '--json', '--clear')).stdout;
    expect((JSON.parse(lines) as LoggedRequest).headers).to.include({ prefer: headers.prefer });
  });

  it('says what each user has asked of Dataverse in a day', async () => {
    expect((await folder.isthmus('sandbox', 'usage')).stdout).to.equal('Nobody has asked for anything.\n');
    const { psa, token, clientId, clientSecret } = folder.sandbox;
    const scope = `${psa.url}/.default`;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope };
    const answer = await fetch(token.url, { method: 'POST', body: new URLSearchParams(form) });
    const { access_token: secret } = (await answer.json()) as { access_token: string };
    await fetch(`${psa.url}/api/data/v9.2/accounts`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await folder.isthmus('sandbox', 'usage')).stdout).to.match(new RegExp(`${clientId} +1 +none`));
    const usage = (await folder.isthmus('sandbox', 'usage', '--json')).json();
    expect(usage).to.deep.equal([{ user: clientId, operations: 1 }]);
  });

  it('takes no fault that would never do what it says', async () => {
    for (const [args, reason] of [
      [['refuse', '--system', 'token'], "'refuse' does not happen to 'token'"],
      [['status', '--system', 'token', '--entity', 'accounts'], "have no 'set'"],
      [['torn', '--system', 'psa', '--delay', '5'], "'torn' has no use for 'delay'"],
      [['latency', '--system', 'psa'], "'latency' does nothing without 'delay'"],
    ] as const) {
      const { status: ended, stderr } = await fault('add', ...args);
      expect(ended).to.equal(2);
      expect(stderr).to.contain('CLI_SANDBOX_REFUSED').and.to.contain(reason);
    }
    expect((await fault('list')).stdout).to.equal('No fault stands.\n');
  });

  it('says which sandbox it has looked for in vain', async () => {
    const { status: ended, stderr } = await fault('list', '--url', 'http://127.0.0.1:9');
    expect(ended).to.equal(2);
    expect(stderr).to.contain('CLI_SANDBOX_NOT_FOUND').and.to.contain('http://127.0.0.1:9');
  });

  it('takes no kind, system or number that there is not', async () => {
    for (const args of [
      ['add', 'earthquake', '--system', 'psa'],
      ['add', 'torn', '--system', 'sap'],
      ['add', 'torn'],
      ['add', 'torn', '--system', 'psa', '--probability', '2'],
    ]) {
      expect((await fault(...args)).status).to.equal(2);
    }
  });
});
