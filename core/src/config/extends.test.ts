import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION_SETS, CONNECTIONS, Folder, INTEGRATIONS } from './fixture.test.support.js';

describe('extends', () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => folder.remove());

  it('builds a file on others: maps merge, lists and values are replaced, the later wins', async () => {
    folder.write('shared/connections.yaml', `plugins: [a, b]\nlogging: { level: debug, file: x.log }${CONNECTIONS}`);
    folder.write('shared/sets.json', '{ "plugins": ["c"], "logging": { "level": "warn" } }');
    folder.write(
      '.isthmusrc.yaml',
      'extends: [./shared/connections.yaml, ./shared/sets.json]\nconnections:\n  psa: { url: "https://test.example" }\n',
    );
    const { plugins, logging, connections } = await folder.load();
    expect(plugins.map(({ name }) => name)).to.deep.equal(['c']);
    expect(logging).to.deep.equal({ level: 'warn', file: join(folder.path, 'shared/x.log') });
    expect(connections.get('psa')?.options).to.include({ url: 'https://test.example', concurrency: 4 });
    expect(connections.get('finops')?.options).to.include({ url: 'https://finops.example' });
  });

  it('may go on over several files, in several languages, each looked for from the one that names it', async () => {
    folder.write('a/one.yaml', 'extends: ../b/two.mjs\n');
    folder.write('b/two.mjs', 'export default { extends: "./three.json" };');
    folder.write('b/three.json', '{ "logging": { "level": "trace" } }');
    folder.write('.isthmusrc.yaml', 'extends: ./a/one.yaml\n');
    expect((await folder.load()).logging.level).to.equal('trace');
  });

  it('takes a package that is installed beside the file', async () => {
    folder.write('node_modules/contoso-base/package.json', '{ "name": "contoso-base", "main": "rc.yaml" }');
    const base = folder.write('node_modules/contoso-base/rc.yaml', 'plugins: [./local.js]\n');
    folder.write('.isthmusrc.yaml', 'extends: contoso-base\n');
    const { plugins } = await folder.load();
    expect(plugins).to.deep.equal([
      { name: './local.js', from: base, place: { file: base, line: 1, column: 11, key: 'plugins[0]' } },
    ]);
  });

  it('keeps the place of every value, so that a fault points into the file that holds it', async () => {
    const base = folder.write('base.yaml', 'connections:\n  psa:\n    kind: datavers\n');
    const own = folder.write('.isthmusrc.yaml', 'extends: ./base.yaml\nlogging:\n  level: loud\n');
    const faults = await folder.faults();
    expect(faults.map(({ code, place }) => [code, place.file, place.line])).to.deep.equal([
      ['CONFIG_WRONG_VALUE', own, 3],
      ['CONFIG_UNKNOWN_CONNECTION_KIND', base, 3],
    ]);
  });

  it('says which base is missing, and where it is named', async () => {
    const file = folder.write('.isthmusrc.yaml', 'plugins: []\nextends:\n  - ./none.yaml\n');
    const [fault] = await folder.faults();
    expect(fault).to.include({ code: 'CONFIG_EXTENDS_MISSING' });
    expect(fault?.place).to.include({ file, line: 3, column: 5, key: 'extends' });
  });

  it('says how a circle goes round', async () => {
    const own = folder.write('.isthmusrc.yaml', 'extends: ./a.yaml\n');
    const a = folder.write('a.yaml', 'logging: {}\nextends: ./b.yaml\n');
    const b = folder.write('b.yaml', 'extends: ./a.yaml\n');
    const [fault] = await folder.faults();
    expect(fault).to.include({ code: 'CONFIG_EXTENDS_CYCLE' });
    expect(fault?.message).to.contain([own, a, b, a].join(' → '));
    expect(fault?.place).to.include({ file: b, line: 1 });
  });

  it('may reach the same base on two ways', async () => {
    folder.write('base.yaml', `${CONNECTIONS}${CONNECTION_SETS}`);
    folder.write('a.yaml', 'extends: ./base.yaml\n');
    folder.write('b.yaml', 'extends: ./base.yaml\n');
    folder.write('.isthmusrc.yaml', `extends: [./a.yaml, ./b.yaml]${INTEGRATIONS}`);
    expect((await folder.load()).integrations.size).to.equal(1);
  });

  it('must be a name or a list of names', async () => {
    const file = folder.write('.isthmusrc.yaml', 'extends:\n  - 7\n');
    const [fault] = await folder.faults();
    expect(fault).to.include({ code: 'CONFIG_WRONG_TYPE' });
    expect(fault?.place).to.include({ file, line: 2 });
  });
});
