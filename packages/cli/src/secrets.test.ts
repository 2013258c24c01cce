import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { SandboxedFolder } from './testing/index.js';

const CANARY = 'c4nary/"s3cret"+9fb1';
const SPELLINGS = [
  CANARY,
  encodeURIComponent(CANARY),
  JSON.stringify(CANARY).slice(1, -1),
  Buffer.from(CANARY).toString('base64'),
];

describe('A secret', () => {
  let folder: SandboxedFolder;
  before(async () => {
    folder = await SandboxedFolder.create({ empty: true });
    folder.configure('logging: { file: isthmus.log, level: trace }');
  });
  after(() => folder.stop());

  for (const args of [
    ['run'],
    ['run', '--debug'],
    ['run', '--json'],
    ['doctor', '--debug'],
    ['doctor', '--json'],
    ['config', 'check', '--json'],
    ['config', 'print'],
    ['history'],
    ['history', '--json'],
  ]) {
    it(`is not printed by \`isthmus ${args.join(' ')}\`, though the token endpoint refuses it`, async () => {
      const { stdout, stderr } = await folder.isthmusWith({ TEST_SECRET: CANARY }, ...args);
      expect(stdout + stderr).not.to.equal('');
      for (const spelling of SPELLINGS) expect(stdout + stderr).not.to.contain(spelling);
    });
  }

  it('is in no file that is left behind', () => {
    const files = ['isthmus.log', '.isthmus/state.db', '.isthmus/state.db-wal'].map((name) => folder.file(name));
    const written = files.filter(existsSync);
    expect(written).to.have.length.above(1);
    for (const file of written) {
      for (const spelling of SPELLINGS) expect(readFileSync(file, 'latin1')).not.to.contain(spelling);
    }
  });
});
