import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { openDriver } from './driver.js';
import { many, PROJECTS, quarantined, reference, settlement } from './fixtures/samples.js';
import { failureOf, temporaryFolder } from './fixtures/temporary.js';
import { openSqliteStore } from './index.js';
import { openOn } from './open.js';

const NOBODY = 65_534;

/** Permissions mean nothing to root, who therefore steps down for a moment. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

function driveOnce(path: string, sql: string): void {
  const driver = openDriver(path, 100);
  driver.execute(sql);
  driver.close();
}

describe('opening a store', () => {
  const folder = temporaryFolder();
  const openingFails = (path: string) => failureOf(openSqliteStore({ path }));

  it('creates the file, and its folders', async () => {
    const path = folder.file('state/of/contoso/store.db');
    const store = await openSqliteStore({ path });
    await store.close();
    expect(existsSync(path)).to.equal(true);
  });

  it('finds what was settled before', async () => {
    const path = folder.file();
    const first = await openSqliteStore({ path });
    await first.settle(settlement(PROJECTS, { crossReferences: [reference(1)], held: [quarantined(2)] }));
    await first.close();
    const second = await openSqliteStore({ path });
    expect(await second.crossReferences.bySource(PROJECTS, ['id-1'])).to.deep.equal(new Map([['id-1', reference(1)]]));
    expect(await second.held.count({})).to.equal(1);
    await second.close();
  });

  it('takes an empty file for a new store', async () => {
    const path = folder.file();
    await writeFile(path, '');
    const store = await openSqliteStore({ path });
    expect(await store.runs.list(10)).to.deep.equal([]);
    await store.close();
  });

  it('waits for another process that is about to create the same store', async () => {
    const path = folder.file();
    const other = openDriver(path, 20);
    other.execute('BEGIN IMMEDIATE; CREATE TABLE unfinished (x)');
    setTimeout(() => other.execute('ROLLBACK'), 100);
    const store = await openOn(openDriver(path, 20), path);
    expect(await store.runs.list(10)).to.deep.equal([]);
    await store.close();
    other.close();
  });

  it('refuses a store that a newer version has written, and leaves it as it was', async () => {
    const path = folder.file();
    await (await openSqliteStore({ path })).close();
    driveOnce(path, 'PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)');
    const before = await readFile(path);

    const error = await openingFails(path);
    expect(error.code).to.equal('STORE_NEWER_VERSION');
    expect(error.details).to.include({ path, found: 999 });
    expect(await readFile(path)).to.deep.equal(before);
  });

  it('refuses a file that is no database, and leaves it as it was', async () => {
    const path = folder.file();
    const letter = 'Dear Sir or Madam, '.repeat(1000);
    await writeFile(path, letter);
    expect((await openingFails(path)).code).to.equal('STORE_NOT_A_STORE');
    expect(await readFile(path, 'utf8')).to.equal(letter);
  });

  it("refuses another program's database, and leaves it as it was", async () => {
    const path = folder.file();
    driveOnce(path, 'CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = 1');
    const before = await readFile(path);
    expect((await openingFails(path)).code).to.equal('STORE_NOT_A_STORE');
    expect(await readFile(path)).to.deep.equal(before);
  });

  it('says which folder may not be written', async () => {
    await mkdir(folder.file('locked'));
    await chmod(folder.file('locked'), 0o500);
    for (const path of [folder.file('locked/store.db'), folder.file('locked/deeper/store.db')]) {
      const error = await asOrdinaryUser(() => openingFails(path));
      expect(error.code).to.equal('STORE_CANNOT_OPEN');
      expect(error.details).to.include({ path });
    }
  });

  it('says that a file may not be written', async () => {
    const path = folder.file();
    await (await openSqliteStore({ path })).close();
    await chmod(path, 0o400);
    const error = await asOrdinaryUser(() => openingFails(path));
    expect(error.code).to.equal('STORE_CANNOT_OPEN');
  });

  it('says that a folder is not a file, nor a file a folder', async () => {
    await mkdir(folder.file('folder'));
    await writeFile(folder.file('file'), '');
    expect((await openingFails(folder.file('folder'))).code).to.equal('STORE_CANNOT_OPEN');
    expect((await openingFails(folder.file('file/store.db'))).code).to.equal('STORE_CANNOT_OPEN');
  });
});

describe('an open store', () => {
  const folder = temporaryFolder();

  it('says that its file is damaged', async () => {
    const path = folder.file();
    const store = await openSqliteStore({ path });
    await store.settle(settlement(PROJECTS, { crossReferences: many(2000, (number) => reference(number)) }));
    await store.close();
    const content = await readFile(path);
    content.fill(0xee, content.length / 2);
    await writeFile(path, content);

    const damaged = await openSqliteStore({ path });
    const error = await failureOf(
      damaged.crossReferences.bySource(
        PROJECTS,
        many(2000, (number) => `id-${number}`),
      ),
    );
    expect(error.code).to.equal('STORE_DAMAGED');
    expect(error.details).to.include({ path });
    await damaged.close();
  });

  it('refuses a batch as a whole when the disk is full, keeps the others, and goes on when there is room', async () => {
    const path = folder.file();
    const driver = openDriver(path, 100);
    const store = await openOn(driver, path);
    const batch = (number: number) =>
      settlement(PROJECTS, { crossReferences: many(1000, (row) => reference(`${number}-${row}`)) });
    await store.settle(batch(1));
    const [pages] = driver.prepare('PRAGMA page_count').column([]);
    driver.execute(`PRAGMA max_page_count = ${Number(pages) + 10}`);

    const error = await failureOf(store.settle(batch(2)));
    expect(error.code).to.equal('STORE_FULL');
    expect(error.message).to.include(path);
    expect(await store.crossReferences.count(PROJECTS)).to.equal(1000);

    driver.execute('PRAGMA max_page_count = 100000');
    await store.settle(batch(2));
    expect(await store.crossReferences.count(PROJECTS)).to.equal(2000);
    await store.close();
  });

  it('says that another process keeps it locked, and that it may be tried again', async () => {
    const path = folder.file();
    const store = await openOn(openDriver(path, 20), path);
    const other = openDriver(path, 20);
    other.execute('BEGIN IMMEDIATE');
    const error = await failureOf(store.settle(settlement(PROJECTS, { crossReferences: [reference(1)] })));
    expect(error).to.include({ code: 'STORE_BUSY', recovery: 'retry' });

    other.execute('ROLLBACK');
    await store.settle(settlement(PROJECTS, { crossReferences: [reference(1)] }));
    expect(await store.crossReferences.count(PROJECTS)).to.equal(1);
    other.close();
    await store.close();
  });

  it('leaves nothing in its log when it is closed', async () => {
    const path = folder.file();
    const store = await openSqliteStore({ path });
    await store.settle(settlement(PROJECTS, { crossReferences: [reference(1)] }));
    expect(statSync(`${path}-wal`).size).to.be.greaterThan(0);
    await store.close();
    expect(existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0).to.equal(0);
  });

  it('refuses to be used after it was closed, and may be closed twice', async () => {
    const store = await openSqliteStore({ path: folder.file() });
    await store.close();
    await store.close();
    for (const use of [
      store.settle(settlement(PROJECTS, { crossReferences: [reference(1)] })),
      store.crossReferences.count(PROJECTS),
      store.runs.list(1),
    ]) {
      expect((await failureOf(use)).code).to.equal('STORE_CLOSED');
    }
  });
});
