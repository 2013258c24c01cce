import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { FileCache } from './file-cache.js';

describe('Texts kept in files', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'isthmus-cache-'));
    folder = join(root, 'metadata');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const entry = { text: 'line\nwith umläuts\n', etag: 'W/"1"', at: 1_700_000_000_000 };

  it('come back as they were, each under its key', async () => {
    const cache = new FileCache(folder);
    await cache.set('one', entry);
    await cache.set('two', { text: '', at: 1 });
    expect(await new FileCache(folder).get('one')).to.deep.equal(entry);
    expect(await cache.get('two')).to.deep.equal({ text: '', at: 1 });
    expect(await cache.get('three')).to.equal(undefined);
    expect(readdirSync(folder)).to.have.length(2);
  });

  it('that were cut off or overwritten are not there', async () => {
    const cache = new FileCache(folder);
    await cache.set('one', entry);
    const [file = ''] = readdirSync(folder);
    truncateSync(join(folder, file), 60);
    expect(await cache.get('one')).to.equal(undefined);
    writeFileSync(join(folder, file), 'something else');
    expect(await cache.get('one')).to.equal(undefined);
  });

  it('are lost without harm where there is no place for them', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    const cache = new FileCache(folder);
    await cache.set('one', entry);
    expect(await cache.get('one')).to.equal(undefined);
  });
});
