import { expect } from 'chai';
import { Folder } from '../testing/index.js';

describe('isthmus explain', () => {
  const folder = new Folder();
  after(() => folder.remove());

  it('says why an error happens and what to do, without an rc file', async () => {
    const { status, stdout } = await folder.isthmus('explain', 'record_key_empty');
    expect(status).to.equal(0);
    expect(stdout).to.match(/^RECORD_KEY_EMPTY {2}@isthmus\/core\n {2}cause .+\n {2}remedy .+\n/);
  });

  it('knows the codes of every package of the product', async () => {
    for (const code of ['STORE_NEWER_VERSION', 'INTEGRATION_BUSY', 'RUN_CANCELLED']) {
      const ended = await folder.isthmus('explain', code, '--json');
      expect(ended.json()).to.include({ code }).and.to.include.keys('package', 'recovery', 'cause', 'remedy');
    }
  });

  it('knows the codes of the plugins that the rc file names', async () => {
    folder.write(
      'plugin.mjs',
      `import { defineErrors, error, Plugin } from ${JSON.stringify(import.meta.resolve('@isthmus/core'))};
       defineErrors('mine', { MINE_BROKEN: error({ recovery: 'fatal', message: () => '', cause: 'It fell.', remedy: 'Glue.' }) });
       class Mine {}
       Plugin({ name: 'mine', core: '*' })(Mine);
       export default Mine;`,
    );
    folder.write('.isthmusrc.yaml', 'plugins: ["./plugin.mjs"]');
    const { status, stdout } = await folder.isthmus('explain', 'MINE_BROKEN');
    expect(status).to.equal(0);
    expect(stdout).to.contain('It fell.');
  });

  it('says which code was probably meant', async () => {
    const { status, stderr } = await folder.isthmus('explain', 'RECORD_KEY_EMPTI');
    expect(status).to.equal(2);
    expect(stderr).to.contain('CLI_CODE_UNKNOWN').and.to.contain('RECORD_KEY_EMPTY');
  });
});
