import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { contractsPlugin, Folder } from '../testing/index.js';

describe('isthmus init', () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder({ ISTHMUS_CLIENT_SECRET: 'only-for-this-test' })));
  afterEach(() => folder.remove());

  it('writes an rc file that is valid once the plugin is there', async () => {
    expect(await folder.isthmus('init', '--yes')).to.include({ status: 0 });
    const text = readFileSync(folder.file('.isthmusrc.yaml'), 'utf8');
    folder.write('.isthmusrc.yaml', text.replace('@isthmus/plugin-contracts"', `${contractsPlugin}"`));
    const check = await folder.isthmus('config', 'check');
    expect(check.stderr).to.equal('');
    expect(check.status).to.equal(0);
  });

  it('tells a script which file it wrote, in the place that --config names', async () => {
    const ended = await folder.isthmus('init', '--yes', '--json', '--config', 'other.yaml');
    expect(ended.json()).to.deep.equal({ file: folder.file('other.yaml') });
    expect(readFileSync(folder.file('other.yaml'), 'utf8')).to.contain('connections:');
  });

  it('leaves a file that is there alone, unless forced', async () => {
    folder.write('.isthmusrc.yaml', 'mine');
    const refused = await folder.isthmus('init', '--yes');
    expect(refused.status).to.equal(2);
    expect(refused.stderr).to.contain('CLI_FILE_EXISTS').and.to.contain('--force');
    expect(readFileSync(folder.file('.isthmusrc.yaml'), 'utf8')).to.equal('mine');
    expect(await folder.isthmus('init', '--yes', '--force')).to.include({ status: 0 });
    expect(readFileSync(folder.file('.isthmusrc.yaml'), 'utf8')).not.to.equal('mine');
  });

  it('asks nothing where there is no terminal', async () => {
    const { status, stderr } = await folder.isthmus('init');
    expect(status).to.equal(2);
    expect(stderr).to.contain('CLI_INIT_NEEDS_TERMINAL').and.to.contain('--yes');
  });

  it('says so where the file cannot be written', async () => {
    const { status, stderr } = await folder.isthmus('init', '--yes', '--config', 'missing/folder/rc.yaml');
    expect(status).to.equal(1);
    expect(stderr).to.contain('CLI_FILE_NOT_WRITTEN');
  });
});
