import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { contractsPlugin, ended, SandboxedFolder, start } from '../testing/index.js';

interface Summary {
  readonly run: string;
  readonly status: string;
  readonly balanced: boolean;
  readonly tasks: readonly Record<string, number>[];
  readonly error?: { readonly code: string };
}

const TASKS = ['project-contracts', 'projects', 'contract-lines', 'milestones'];

describe('isthmus run', () => {
  let folder: SandboxedFolder;
  let first: Summary;

  before(async () => {
    folder = await SandboxedFolder.create();
    folder.configure('logging: { file: isthmus.log, level: debug }');
  });
  after(() => folder.stop());

  it('ends with one object for scripts, and nothing else', async () => {
    const { status, stdout, stderr } = await folder.isthmus('run', '--json');
    expect(stdout.trimEnd().split('\n')).to.have.length(1);
    expect(stderr).to.equal('');
    first = JSON.parse(stdout) as Summary;
    expect(first).to.have.all.keys('run', 'status', 'balanced', 'tasks');
    expect(first).to.include({ status: 'warning', balanced: true });
    expect(first.tasks.map(({ task }) => task)).to.deep.equal(TASKS);
    for (const task of first.tasks) {
      expect(Object.keys(task)).to.deep.equal(
        'integration template task read created updated unchanged filtered deferred quarantined deleted durationMs'.split(
          ' ',
        ),
      );
      expect(task['created']).to.be.above(0);
    }
    expect(status, 'records are held back').to.equal(3);
  });

  it('shows people a table, and lines of progress', async () => {
    const { status, stdout, stderr } = await folder.isthmus('run', 'contracts');
    expect(status).to.equal(3);
    expect(stderr).to.match(/^✓ contracts \/ projects {2}0 read {2}\d+\.\d s$/m);
    expect(stdout).to.match(/^integration +task +read +created +updated +unchanged +filtered +deferred +quarantined/m);
    expect(stdout).to.match(/^contracts +milestones +0 +0/m);
    expect(stdout).to.contain('isthmus errors').and.to.contain('state.db');
    expect(stdout + stderr).not.to.contain('\u001b');
  });

  it('reads everything again with --full', async () => {
    const { tasks } = (await folder.isthmus('run', '--full', '--json')).json() as Summary;
    expect(tasks[0]?.['read']).to.equal(first.tasks[0]?.['read']);
    expect(tasks.reduce((sum, task) => sum + (task['created'] ?? 0) + (task['updated'] ?? 0), 0)).to.equal(0);
  });

  it('writes a log without secrets', () => {
    const log = readFileSync(folder.file('isthmus.log'), 'utf8');
    const lines = log
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ msg }) => msg)).to.include.members([
      'run.started',
      'task.finished',
      'request.sent',
      'run.finished',
    ]);
    expect(log).not.to.contain(folder.sandbox.clientSecret);
  });

  it('says which integrations there are to choose from', async () => {
    folder.configure(`  again: { template: projects-and-contracts@1, connectionSet: main }`);
    const none = await folder.isthmus('run');
    const wrong = await folder.isthmus('run', 'contract');
    const both = await folder.isthmus('run', 'contracts', '--all');
    folder.configure();
    for (const { status } of [none, wrong, both]) expect(status).to.equal(2);
    expect(none.stderr).to.contain('CLI_INTEGRATION_NOT_CHOSEN').and.to.contain('contracts, again');
    expect(wrong.stderr).to.contain('INTEGRATION_UNKNOWN').and.to.contain("'contracts'");
    expect(both.stderr).to.contain('CLI_INTEGRATION_AND_ALL');
  });

  describe('stopped by the user', () => {
    const control = (path: string, init: RequestInit) => fetch(`${folder.sandbox.finops.url}/sandbox/${path}`, init);

    beforeEach(async function () {
      if (process.platform === 'win32') this.skip();
      folder.configure('store: { path: stopped.db }');
      const slow = [{ system: 'finops', kind: 'latency', delay: 400, times: 100 }];
      const headers = { 'content-type': 'application/json' };
      await control('faults', { method: 'POST', headers, body: JSON.stringify(slow) });
      await control('log', { method: 'DELETE' });
    });
    afterEach(() => control('faults', { method: 'DELETE' }));
    after(() => folder.configure());

    it('finishes what is under way, says so, and goes on the next time', async () => {
      const child = start(['run', '--json'], { cwd: folder.path, env: folder.env });
      const end = ended(child);
      await requestsReach(folder.sandbox.psa.url);
      child.kill('SIGINT');
      const stopped = await end;
      expect(stopped.status).to.equal(1);
      const summary = stopped.json() as Summary;
      expect(summary).to.include({ status: 'failed' });
      expect(summary.error).to.include({ code: 'RUN_CANCELLED' });
      await control('faults', { method: 'DELETE' });
      const resumed = (await folder.isthmus('run', '--json')).json() as Summary;
      expect(resumed).to.include({ status: 'warning', balanced: true });
    });

    it('ends at once when told twice', async () => {
      await control('faults', { method: 'DELETE' });
      const slow = [{ system: 'finops', kind: 'latency', set: '$batch', delay: 20_000 }];
      const headers = { 'content-type': 'application/json' };
      await control('faults', { method: 'POST', headers, body: JSON.stringify(slow) });
      const child = start(['run', '--json', '--full'], { cwd: folder.path, env: folder.env });
      const end = ended(child);
      await requestsReach(folder.sandbox.psa.url, '/salesorders');
      // By then it waits for F&O to say what it has, which nothing cuts short.
      await delay(2000);
      child.kill('SIGINT');
      await delay(50);
      child.kill('SIGINT');
      expect(await end).to.include({ status: 1, stdout: '' });
    });
  });

  describe('where something is wrong', () => {
    it('shows how a run failed that could not reach a system', async () => {
      folder.write(
        'unreachable.yaml',
        readFileSync(folder.file('.isthmusrc.yaml'), 'utf8').replace(folder.sandbox.finops.url, 'http://127.0.0.1:9'),
      );
      const { status, stdout, stderr } = await folder.isthmus('run', '--config', 'unreachable.yaml');
      expect(status).to.equal(1);
      expect(stdout).to.contain('failed');
      expect(stderr).to.match(/^[A-Z_]+: .+\n[^]*remedy: /m);
      expect(stderr).not.to.match(/^\s+at .*\.js:\d+/m);
    });

    it('lists no template of a plugin that is no longer named', async () => {
      folder.write(
        '.isthmusrc.yaml',
        readFileSync(folder.file('.isthmusrc.yaml'), 'utf8').replace(`"${contractsPlugin}"`, ''),
      );
      const { status, stderr } = await folder.isthmus('run');
      folder.configure();
      expect(status).to.equal(2);
      expect(stderr).to.contain('CONFIG_UNKNOWN_TEMPLATE');
    });
  });
});

async function requestsReach(url: string, what = '$metadata'): Promise<void> {
  for (;;) {
    const seen = (await (await fetch(`${url}/sandbox/log`)).json()) as { url: string }[];
    if (seen.some((request) => request.url.includes(what))) return;
    await delay(20);
  }
}
