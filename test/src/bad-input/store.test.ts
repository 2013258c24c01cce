import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { expectComplaint } from '../support/complaint.js';
import { wholeTables } from '../support/finops.js';
import { shellCommand, startProgram } from '../support/isthmus.js';
import { totalsOf, type RunResult } from '../support/run-result.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

const STORE = '.isthmus/state.db';

/** Where the header of an SQLite file keeps the number of its format (https://sqlite.org/fileformat.html). */
const USER_VERSION_OFFSET = 60;

/** A file system of our own needs Linux and the right to make one. */
const canMount = spawnSync('unshare', ['-Urm', 'true']).status === 0;

describe('Bad input: the store', () => {
  let sandbox: RunningSandbox;
  let site: Site;

  beforeEach(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    site = new Site(sandbox);
  });

  afterEach(() => sandbox.stop());

  it('a store written by a newer version: one clear error, and the store is left as it was', async () => {
    await site.run();
    const file = openSync(site.path(STORE), 'r+');
    writeSync(file, Buffer.from([0, 0, 3, 231]), 0, 4, USER_VERSION_OFFSET);
    closeSync(file);
    const before = readFileSync(site.path(STORE));
    for (const command of ['run', 'status']) {
      const complaint = { code: 'STORE_NEWER_VERSION', says: /format 999; .* up to \d+\b[^]*Update Isthmus/ };
      expectComplaint(await site.isthmus(command), { status: 1, ...complaint });
    }
    expect(readFileSync(site.path(STORE)).equals(before)).to.equal(true);
  });

  it('a file that is no store: one clear error, and the file is left as it was', async () => {
    mkdirSync(site.path('.isthmus'));
    writeFileSync(site.path(STORE), 'Dear diary');
    expectComplaint(await site.isthmus('run'), { status: 1, code: 'STORE_NOT_A_STORE', says: /state\.db/ });
    expect(readFileSync(site.path(STORE), 'utf8')).to.equal('Dear diary');
  });

  it('a store that is a folder: one clear error', async () => {
    mkdirSync(site.path(STORE), { recursive: true });
    expectComplaint(await site.isthmus('run'), { status: 1, code: 'STORE_CANNOT_OPEN', says: /state\.db/ });
  });

  it('a disk that is full: one clear error, and with room again the next run delivers everything once', async function () {
    if (!canMount) return this.skip();
    const script = [
      'mount -t tmpfs -o size=600k tmpfs .isthmus',
      `${shellCommand('run')} >full.out 2>full.err; echo $? >full.status`,
      'mount -o remount,size=50m .isthmus',
      shellCommand('run', '--json'),
    ].join('\n');
    const delivered = await withSandbox({ scale: 6 }, async (large) => {
      const { folder, env } = (site = new Site(large));
      mkdirSync(site.path('.isthmus'));
      const ended = await startProgram('unshare', ['-Urm', 'sh', '-c', script], { cwd: folder, env }).ended;
      const kept = (name: string): string => readFileSync(site.path(`full.${name}`), 'utf8');
      expectComplaint(
        { ...ended, status: Number(kept('status')), stdout: kept('out'), stderr: kept('err') },
        { status: 1, code: 'STORE_FULL', says: /no room left[^]*Make room on the disk and run again/ },
      );
      expect(ended.json<RunResult>()).to.include({ status: 'warning', balanced: true });
      return wholeTables(large);
    });
    const undisturbed = await withSandbox({ scale: 6 }, async (large) => {
      await new Site(large).run();
      return wholeTables(large);
    });
    expect(delivered).to.deep.equal(undisturbed);
  });

  it('a store that is lost: the next run finds everything in F&O and writes nothing twice', async () => {
    const first = totalsOf(await site.run());
    site.edit((rc) => (rc.store = { path: 'another.db' }));
    const second = totalsOf(await site.run());
    expect(second).to.include({ created: 0, updated: 0, unchanged: first.created });
  });

  it('a log file that cannot be written: one clear error', async () => {
    site.write('logs', 'a file where a folder should be');
    site.edit((rc) => (rc.logging = { level: 'info', file: 'logs/isthmus.log' }));
    const ended = await site.isthmus('run');
    expectComplaint(ended, { status: 1, code: 'CLI_FILE_NOT_WRITTEN', says: /isthmus\.log/ });
  });
});
