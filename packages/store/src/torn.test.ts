import { copyFile, stat, truncate } from 'node:fs/promises';
import { expect } from 'chai';
import { PROJECTS, quarantined, reference, settlement } from './fixtures/samples.js';
import { collect, failureOf, temporaryFolder } from './fixtures/temporary.js';
import { openSqliteStore } from './index.js';

const BATCHES = 40;

describe('A store whose files were cut off in the middle', () => {
  const folder = temporaryFolder();

  /** A copy of the files as a kill at the end would leave them, all of it still in the log. */
  async function leftBehind(): Promise<string> {
    const [path, copy] = [folder.file(), folder.file('copy.db')];
    const store = await openSqliteStore({ path });
    for (let batch = 1; batch <= BATCHES; batch++) {
      const settled = { crossReferences: [reference(batch)], held: [quarantined(batch)] };
      await store.settle(settlement(PROJECTS, settled));
    }
    await copyFile(path, copy);
    await copyFile(`${path}-wal`, `${copy}-wal`);
    await store.close();
    return copy;
  }

  for (const share of [0.31, 0.5, 0.77, 0.99]) {
    it(`goes on from a whole batch where ${100 * share} % of the log is left`, async () => {
      const path = await leftBehind();
      const { size } = await stat(`${path}-wal`);
      await truncate(`${path}-wal`, Math.floor(size * share));
      const store = await openSqliteStore({ path });
      const known = await store.crossReferences.count(PROJECTS);
      expect(known).to.be.lessThan(BATCHES);
      const held = (await collect(store.held.list({}))).map(({ sourceId }) => sourceId);
      expect(held).to.deep.equal(Array.from({ length: known }, (_, index) => `id-${index + 1}`));
      expect(await store.held.count({})).to.equal(known);
      await store.settle(settlement(PROJECTS, { crossReferences: [reference(BATCHES)] }));
      await store.close();
    });
  }

  it('is refused as damaged where the file itself is cut, and says what to do', async () => {
    const path = folder.file();
    const store = await openSqliteStore({ path });
    await store.settle(settlement(PROJECTS, { held: Array.from({ length: 200 }, (_, index) => quarantined(index)) }));
    await store.close();
    const { size } = await stat(path);
    await truncate(path, Math.floor(size / 3));
    const error = await failureOf(
      openSqliteStore({ path }).then(async (cut) => {
        try {
          await collect(cut.held.list({}));
        } finally {
          await cut.close();
        }
      }),
    );
    expect(error.code).to.equal('STORE_DAMAGED');
    expect(error.remedy).to.include('backup');
  });
});
