import Libsql from 'libsql';
import { expect } from 'chai';
import { SandboxedFolder } from '../testing/index.js';

describe('isthmus audit', function () {
  this.timeout(120_000);
  let folder: SandboxedFolder;
  let runs: string[];

  before(async () => {
    folder = await SandboxedFolder.create({ scale: 0.1 });
    runs = [];
    for (const more of [[], ['--full']]) {
      runs.push(((await folder.isthmus('run', '--json', ...more)).json() as { run: string }).run);
    }
  });
  after(() => folder.stop());

  const lines = async (...options: string[]) => {
    const { stdout } = await folder.isthmus('audit', '--json', ...options);
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('shows who ran what, newest first', async () => {
    const entries = await lines();
    expect(entries.map(({ number, action }) => [number, action])).to.deep.equal([
      [4, 'run.finished'],
      [3, 'run.started'],
      [2, 'run.finished'],
      [1, 'run.started'],
    ]);
    expect(entries[1])
      .to.include({ subject: `run ${runs[1]}` })
      .and.to.have.nested.property('details.full', true);
    const { stdout } = await folder.isthmus('audit');
    expect(stdout).to.match(/^no\. +when +who +action +subject +details$/m);
    expect(stdout).to.match(/^ *3 .*@.* run\.started +run \S+ +.*full true/m);
  });

  it('is narrowed down', async () => {
    expect(await lines('--action', 'run.started')).to.have.length(2);
    expect(await lines('--subject', runs[0]!)).to.have.length(2);
    expect(await lines('--since', '2999-01-01')).to.have.length(0);
    expect(await lines('--limit', '1')).to.have.length(1);
    const wrong = await folder.isthmus('audit', '--since', 'yesterday');
    expect(wrong.status).to.equal(2);
    expect(wrong.stderr).to.contain('It must be a day or a moment');
  });

  it('vouches for itself, and finds what was touched', async () => {
    const sound = await folder.isthmus('audit', 'verify');
    expect([sound.status, sound.stdout]).to.satisfy(() => sound.status === 0);
    const [, head = ''] = /the last one is (\d+:[0-9a-f]{64})\./.exec(sound.stdout) ?? [];
    expect((await folder.isthmus('audit', 'verify', '--expect', head)).status).to.equal(0);

    const store = new Libsql(folder.file('.isthmus/state.db'));
    store.exec(`DROP TRIGGER audit_is_not_changed; UPDATE audit SET actor = 'nobody' WHERE number = 2`);
    store.close();
    const broken = await folder.isthmus('audit', 'verify');
    expect(broken.status).to.equal(1);
    expect(broken.stderr).to.contain('AUDIT_BROKEN').and.to.contain('entry 2 was altered');
    expect((await folder.isthmus('audit', 'verify', '--expect', '7')).status).to.equal(2);
  });
});
