import { expect } from 'chai';
import { contractsPlugin, Folder } from '../testing/index.js';

const CANARY = 'c4nary-s3cret-9fb1';

const rc = (changes: { url?: string; secret?: string; more?: string } = {}) => `plugins: ["${contractsPlugin}"]
connections:
  psa:
    kind: dataverse
    url: ${changes.url ?? '"http://127.0.0.1:9"'}
    tokenUrl: "http://127.0.0.1:9/token"
    clientId: someone
    clientSecret: ${changes.secret ?? '"${env:CANARY}"'}
connectionSets: {}
integrations: {}
${changes.more ?? ''}`;

describe('isthmus config', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({ CANARY });
    folder.write('.isthmusrc.yaml', rc());
  });
  afterEach(() => folder.remove());

  describe('check', () => {
    it('finds nothing wrong with a valid file', async () => {
      const ended = await folder.isthmus('config', 'check', '--json');
      expect(ended.status).to.equal(0);
      expect(ended.json()).to.deep.equal({ file: folder.file('.isthmusrc.yaml'), valid: true, warnings: [] });
    });

    it('reports every fault at once, each with its line', async () => {
      folder.write('.isthmusrc.yaml', rc({ url: '12', secret: '"${env:NOWHERE}"', more: 'logging: { levl: info }' }));
      const { status, stderr } = await folder.isthmus('config', 'check');
      expect(status).to.equal(2);
      expect(stderr).to.contain('3 faults');
      expect(stderr).to.match(
        /CONFIG_WRONG_TYPE: .+\n {2}where: .*isthmusrc\.yaml:5:\d+ connections\.psa\.url\n {2}remedy: /,
      );
      expect(stderr).to.match(/CONFIG_SECRET_MISSING: .+\n {2}where: .*isthmusrc\.yaml:8:/);
      expect(stderr).to.match(/CONFIG_UNKNOWN_KEY: .+'level'/);
      expect(stderr).not.to.match(/^\s+at .*\.js:\d+/m);
    });

    it('gives a script all faults in one object', async () => {
      folder.write('.isthmusrc.yaml', rc({ url: '12', more: 'nonsense: 1' }));
      const { error } = (await folder.isthmus('config', 'check', '--json')).json() as {
        error: { code: string; details: { faults: { code: string }[] } };
      };
      expect(error.code).to.equal('CONFIG_INVALID');
      expect(error.details.faults.map(({ code }) => code)).to.have.members(['CONFIG_WRONG_TYPE', 'CONFIG_UNKNOWN_KEY']);
    });

    it('warns of a second rc file that nobody reads', async () => {
      folder.write('isthmus.config.js', 'export default {}');
      const { status, stderr } = await folder.isthmus('config', 'check');
      expect(status).to.equal(0);
      expect(stderr).to.contain('CONFIG_SHADOWED').and.to.contain('isthmus.config.js');
    });
  });

  describe('print', () => {
    it('shows what is in force, with secrets masked', async () => {
      const ended = await folder.isthmus('config', 'print', '--json');
      expect(ended.status).to.equal(0);
      expect(ended.stdout).to.contain('${env:CANARY}').and.not.to.contain(CANARY);
      expect(ended.json()).to.have.nested.property('connections.psa.concurrency');
      expect(ended.json()).to.have.nested.property('store.path', folder.file('.isthmus/state.db'));
    });
  });

  describe('schema', () => {
    it('describes exactly the templates and connection kinds that are installed', async () => {
      const withPlugin = (await folder.isthmus('config', 'schema')).stdout;
      expect(withPlugin).to.contain('projects-and-contracts').and.to.contain('"dataverse"').and.to.contain('"finops"');
      folder.write('.isthmusrc.yaml', 'plugins: []');
      expect((await folder.isthmus('config', 'schema')).stdout).not.to.contain('projects-and-contracts');
    });
  });

  describe('where', () => {
    it('names the file, what it extends, and what is ignored', async () => {
      folder.write('base.yaml', 'logging: { level: debug }');
      folder.write('.isthmusrc.json', '{ "extends": "./base.yaml" }');
      const ended = await folder.isthmus('config', 'where', '--json');
      expect(ended.json()).to.deep.equal({
        file: folder.file('.isthmusrc.json'),
        extends: [folder.file('base.yaml')],
        shadowed: [folder.file('.isthmusrc.yaml')],
      });
    });
  });
});
