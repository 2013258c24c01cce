import { expect } from 'chai';
import { Folder } from './testing/index.js';

describe('The command line', () => {
  const folder = new Folder();
  after(() => folder.remove());

  it('lists the commands and the exit statuses', async () => {
    const { status, stdout } = await folder.isthmus('--help');
    expect(status).to.equal(0);
    for (const name of [
      'init',
      'sandbox',
      'templates',
      'config',
      'doctor',
      'plan',
      'apply',
      'run',
      'status',
      'history',
      'errors',
      'explain',
    ]) {
      expect(stdout).to.match(new RegExp(`^  ${name} `, 'm'));
    }
    expect(stdout).to.contain('3  finished, but records are quarantined');
  });

  it('shows help with examples for a command', async () => {
    const { status, stdout } = await folder.isthmus('run', '--help');
    expect(status).to.equal(0);
    expect(stdout).to.contain('$ isthmus run --all --json').and.to.contain('--config <file>');
  });

  it('shows help, and fails, where no command is given', async () => {
    const { status, stderr } = await folder.isthmus();
    expect(status).to.equal(2);
    expect(stderr).to.contain('Usage: isthmus');
  });

  it('says what was probably meant by a misspelled command', async () => {
    const { status, stdout, stderr } = await folder.isthmus('rum');
    expect(status).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/^CLI_USAGE: Unknown command 'rum' \(Did you mean run\?\)\n {2}remedy: /);
  });

  it('says it in JSON to a script, wherever --json stands', async () => {
    for (const args of [
      ['--json', 'run', '--nonsense'],
      ['run', '--nonsense', '--json'],
    ]) {
      const ended = await folder.isthmus(...args);
      expect(ended.status).to.equal(2);
      expect(ended.stderr).to.equal('');
      const { error } = ended.json() as { error: Record<string, unknown> };
      expect(error).to.include({ code: 'CLI_USAGE', message: "Unknown option '--nonsense'." });
      expect(error).to.include.keys('cause', 'remedy', 'place');
    }
  });

  it('says where it looked for an rc file, and how to get one', async () => {
    const { status, stderr } = await folder.isthmus('status');
    expect(status).to.equal(2);
    expect(stderr)
      .to.match(/^CONFIG_NOT_FOUND: /)
      .and.to.contain('.isthmusrc.yaml')
      .and.to.contain('isthmus init');
  });

  it('shows a stack trace only with --debug', async () => {
    const plain = await folder.isthmus('status');
    const debug = await folder.isthmus('status', '--debug');
    expect(plain.stderr).not.to.match(/^\s+at .*:\d+:\d+/m);
    expect(debug.stderr).to.match(/^\s+at .*:\d+:\d+/m);
  });

  it('writes no colour codes to a file', async () => {
    for (const args of [['--help'], ['status'], ['explain', 'RUN_CANCELLED']]) {
      const { stdout, stderr } = await folder.isthmus(...args);
      expect(stdout + stderr).not.to.contain('\u001b');
    }
  });
});
