import { join } from 'node:path';
import { expect } from 'chai';
import { Folder } from './fixture.test.support.js';
import { findConfiguration } from './index.js';

describe('The rc file', () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => folder.remove());

  const contents: Record<string, string> = {
    '.isthmusrc': 'plugins: [a]',
    '.isthmusrc.json': '{ "plugins": ["a"] }',
    '.isthmusrc.yaml': 'plugins: [a]',
    '.isthmusrc.yml': 'plugins: [a]',
    '.isthmusrc.mjs': 'export default { plugins: ["a"] };',
    '.isthmusrc.cjs': 'module.exports = { plugins: ["a"] };',
    '.config/isthmusrc.yaml': 'plugins: [a]',
    'isthmus.config.js': 'module.exports = { plugins: ["a"] };',
    'package.json': '{\n\t"name": "x",\n\t"isthmus": { "plugins": ["a"] }\n}',
  };
  for (const [name, text] of Object.entries(contents)) {
    it(`may be ${name}`, async () => {
      const file = folder.write(name, text);
      const document = await findConfiguration({ cwd: folder.path });
      expect(document.file).to.equal(file);
      expect(document.plugins.map((plugin) => [plugin.name, plugin.from])).to.deep.equal([['a', file]]);
    });
  }

  it('is found from a folder below', async () => {
    const file = folder.write('.isthmusrc.yaml', '');
    folder.write('below/deep/other.txt', '');
    const document = await findConfiguration({ cwd: join(folder.path, 'below/deep') });
    expect(document.file).to.equal(file);
  });

  it('is not a package.json that does not speak of Isthmus', async () => {
    folder.write('package.json', '{ "name": "isthmus", "version": "1.0.0" }');
    expect((await folder.faults()).map(({ code }) => code)).to.deep.equal(['CONFIG_NOT_FOUND']);
  });

  it('is named, when it is missing, with the places searched and what to do', async () => {
    const [fault] = await folder.faults();
    expect(fault).to.include({ code: 'CONFIG_NOT_FOUND' });
    expect(fault?.message).to.contain(folder.path).and.to.contain('.isthmusrc.yaml').and.to.contain('package.json');
    expect(fault?.remedy).to.contain('isthmus init');
  });

  it('may be named instead of searched for, relative to the current folder', async () => {
    folder.write('.isthmusrc.yaml', '');
    const file = folder.write('other/test.yaml', 'store: { path: ./here.db }');
    const configuration = await folder.load({}, 'other/test.yaml');
    expect(configuration).to.deep.include({ file, warnings: [], store: { path: join(folder.path, 'other/here.db') } });
  });

  it('that is named must be there', async () => {
    folder.write('.isthmusrc.yaml', '');
    const failure = await folder.load({}, 'none.yaml').catch((thrown: unknown) => thrown);
    expect(failure).to.include({ code: 'CONFIG_NOT_FOUND' });
    expect((failure as Error).message).to.contain(join(folder.path, 'none.yaml'));
  });

  it('warns of a second one in the same folder, which is ignored', async () => {
    folder.write('package.json', '{ "name": "x" }');
    const used = folder.write('.isthmusrc.yaml', '');
    const ignored = [folder.write('.isthmusrc.yml', ''), folder.write('.config/isthmusrc.json', '{}')];
    const document = await findConfiguration({ cwd: folder.path });
    expect(document).to.deep.include({ file: used, shadowed: ignored });
    expect(document.warnings.map(({ code, place }) => [code, place.file])).to.deep.equal(
      ignored.map((file) => ['CONFIG_SHADOWED', file]),
    );
  });

  it('may be empty, which configures nothing', async () => {
    folder.write('.isthmusrc.yaml', '# nothing yet\n');
    const configuration = await folder.load();
    expect(configuration.integrations.size).to.equal(0);
    expect(configuration.store.path).to.equal(join(folder.path, '.isthmus/state.db'));
  });
});

describe('An rc file that cannot be read', () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => folder.remove());

  const torn: [what: string, name: string, text: string, line: number | undefined][] = [
    ['an open bracket', '.isthmusrc.yaml', 'plugins:\n  - a\nstore: { path: x\nlogging: {}\n', 4],
    ['a key that stands twice', '.isthmusrc.yaml', 'store: {}\nlogging: {}\nstore: {}\n', 3],
    ['an alias of nothing', '.isthmusrc.yaml', 'plugins: []\nstore: *elsewhere\n', 2],
    ['an alias inside what it repeats', '.isthmusrc.yaml', 'store: &a\n  path: *a\n', 2],
    ['a torn JSON text', '.isthmusrc.json', '{\n  "plugins": ["a"\n', 3],
    ['a program that throws', '.isthmusrc.mjs', 'throw new Error("not today");', undefined],
    ['a program that exports a function', '.isthmusrc.mjs', 'export default { store: () => 1 };', undefined],
    ['a map that holds itself', '.isthmusrc.mjs', 'const a = {}; a.store = a; export default a;', undefined],
    ['a package.json that is no JSON', 'package.json', '{\n  "isthmus": { "plugins": [ }\n}', 2],
  ];
  for (const [what, name, text, line] of torn) {
    it(`says where, for ${what}`, async () => {
      const file = folder.write(name, text);
      const [fault] = await folder.faults();
      expect(fault).to.include({ code: 'CONFIG_UNREADABLE' });
      expect(fault?.place).to.include({ file });
      expect(fault?.place.line).to.equal(line);
    });
  }

  it('is one that is not a map', async () => {
    folder.write('.isthmusrc.yaml', '- plugins\n');
    const [fault] = await folder.faults();
    expect(fault).to.include({ code: 'CONFIG_WRONG_TYPE', message: 'Got a list, wanted a map.' });
  });

  for (const text of ['store: |canary-secret\n  x\n', '- x\n}canary-secret\n', 'a: *canary-secret\n']) {
    it(`does not quote the line: ${JSON.stringify(text.replace('canary-secret', '…'))}`, async () => {
      folder.write('.isthmusrc.yaml', text);
      const [fault] = await folder.faults();
      expect(fault).to.include({ code: 'CONFIG_UNREADABLE' });
      expect(JSON.stringify(fault)).not.to.contain('canary');
    });
  }
});
