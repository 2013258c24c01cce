import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { SECRET_VARIABLE } from './support/rc-file.js';
import { startRelay, type Relay } from './support/relay.js';
import { Site } from './support/site.js';

/** Secrets that cannot be mistaken for anything else, with characters that URLs and JSON spell in another way. */
const CANARIES = {
  fromEnvironment: 'canary-env-7Qx/+"=\\ä-1111',
  fromFile: 'canary-file-9Zk&?#-2222',
  inClear: 'canary-clear-3Wm-3333',
  inUrl: 'canary-url-5Tp-4444',
} as const;

/** Every way in which a secret may be spelled in a log. */
const spellingsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64'),
];

/** Whatever shows the configuration, the systems or what happened. */
const REPORTS: readonly (readonly string[])[] = [
  ['doctor', '--json', '--debug'],
  ['config', 'print'],
  ['config', 'check', '--json'],
  ['history', '--json'],
  ['errors', '--json'],
];

describe('Secrets', () => {
  let sandbox: RunningSandbox;
  let relay: Relay;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    relay = await startRelay(sandbox, 'psa');
  });

  after(async () => {
    await relay.close();
    await sandbox.stop();
  });

  /** Everything that runs and reports print, and every byte of every file that they leave behind. */
  async function tracesOf(site: Site): Promise<string> {
    const printed = [await site.isthmus('run'), await site.isthmus('run', '--json', '--debug')];
    printed.push(...(await Promise.all(REPORTS.map((report) => site.isthmus(...report)))));
    const files = readdirSync(site.path('.isthmus'), { recursive: true, encoding: 'utf8' })
      .map((name) => site.path('.isthmus', name))
      .filter((path) => statSync(path).isFile());
    expect(files.map((path) => basename(path))).to.include.members(['state.db', 'isthmus.log']);
    const kept = files.flatMap((path) => [readFileSync(path, 'latin1'), readFileSync(path, 'utf8')]);
    return [...printed.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...kept].join('\n');
  }

  function expectNone(traces: string): void {
    for (const [where, secret] of Object.entries(CANARIES)) {
      for (const spelling of spellingsOf(secret)) expect(traces.includes(spelling), where).to.equal(false);
    }
  }

  const site = (): Site => {
    const made = new Site(sandbox, (rc) => (rc.logging = { level: 'trace', file: '.isthmus/isthmus.log' }));
    made.env['CANARY_URL'] = CANARIES.inUrl;
    return made;
  };

  it('that work are in no output, log or store, whatever the command', async () => {
    const working = site();
    working.edit(({ connections: { psa, finops } }) => {
      psa['tokenUrl'] = `${sandbox.token.url}?code=\${env:CANARY_URL}`;
      finops['tokenUrl'] = `${sandbox.token.url}?code=\${env:CANARY_URL}`;
    });
    const traces = await tracesOf(working);
    expectNone(traces);
    expect(traces.includes(sandbox.clientSecret)).to.equal(false);
    expect(traces)
      .to.match(/"created":[1-9]|[1-9] created/)
      .and.to.contain('request.sent');
  });

  it('that are refused, or stand in the rc file in clear text, are in no message, not even with --debug', async () => {
    const failing = site();
    failing.env[SECRET_VARIABLE] = CANARIES.fromEnvironment;
    failing.edit(({ connections: { finops } }) => (finops['clientSecret'] = CANARIES.inClear));
    const traces = await tracesOf(failing);
    expect(traces)
      .to.match(/ODATA_CREDENTIALS_REFUSED/)
      .and.to.match(/CONFIG_SECRET_IN_CLEAR/);
    expectNone(traces);
  });

  it('in files, and in the URL of a system that cannot be reached, are in no message', async () => {
    const unreachable = site();
    unreachable.write('finops.secret', `${CANARIES.fromFile}\n`);
    unreachable.edit(({ connections: { psa, finops } }) => {
      finops['clientSecret'] = '${file:finops.secret}';
      Object.assign(psa, { url: 'http://127.0.0.1:9/${env:CANARY_URL}', tokenUrl: relay.address.tokenUrl });
    });
    const traces = await tracesOf(unreachable);
    expect(traces).to.match(/cannot reach 127\.0\.0\.1/);
    expectNone(traces);
  });

  it('of an rc file that is faulty elsewhere are in no fault', async () => {
    const faulty = site();
    faulty.env[SECRET_VARIABLE] = CANARIES.fromEnvironment;
    faulty.edit(({ connections: { psa, finops } }) => {
      psa['clientSecrets'] = CANARIES.inClear;
      finops['clientSecret'] = [CANARIES.inClear];
      finops['url'] = `not a url \${env:CANARY_URL}`;
    });
    const commands = [['run'], ['config', 'check', '--json'], ['doctor', '--debug']];
    const ended = await Promise.all(commands.map((command) => faulty.isthmus(...command)));
    const traces = ended.flatMap(({ stdout, stderr }) => [stdout, stderr]).join('\n');
    expect(traces)
      .to.match(/CONFIG_UNKNOWN_KEY/)
      .and.to.match(/CONFIG_(?:RULE|WRONG_TYPE)/);
    expectNone(traces);
  });
});
