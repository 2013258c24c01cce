import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { openDriver } from './driver.js';
import { start, type Running } from './fixtures/process.js';
import { BATCH_SIZE, many, PROJECTS } from './fixtures/samples.js';
import { temporaryFolder } from './fixtures/temporary.js';
import { openSqliteStore } from './index.js';

const isSound = (path: string): boolean => {
  const driver = openDriver(path, 1000);
  const [verdict] = driver.prepare('PRAGMA integrity_check').column([]);
  driver.close();
  return verdict === 'ok';
};

const firstLine = async (running: Running): Promise<void> => {
  while (running.lines().length === 0) await sleep(5);
};

describe('several processes', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  it('settle into one store at once, and nothing is lost or damaged', async () => {
    const path = folder.file();
    const batches = 200;
    const settlers = ['one', 'two', 'three'].map((name) => start('settler.js', path, name, String(batches)));
    for (const settler of settlers) expect(await settler.ended).to.deep.equal({ code: 0, signal: null, errors: '' });

    const store = await openSqliteStore({ path });
    expect(await store.crossReferences.count(PROJECTS)).to.equal(settlers.length * batches * BATCH_SIZE);
    expect(await store.held.count(PROJECTS)).to.equal(settlers.length * batches);
    await store.close();
    expect(isSound(path)).to.equal(true);
  });

  it('ask for the same lease at once, and exactly one gets it', async () => {
    const path = folder.file();
    const names = ['one', 'two', 'three', 'four'];
    const askers = names.map((name) => start('leaseholder.js', path, name));
    for (const asker of askers) expect(await asker.ended).to.deep.equal({ code: 0, signal: null, errors: '' });

    const answers = askers.flatMap((asker) => asker.lines());
    expect(answers).to.have.length(names.length);
    expect(new Set(answers)).to.have.property('size', 1);
    expect(names).to.include(answers[0]);
  });

  it('lose no acknowledged batch when one is killed at any moment, and leave no half of one', async () => {
    const path = folder.file();
    for (const name of many(6, String)) {
      const settler = start('settler.js', path, name, 'Infinity');
      await firstLine(settler);
      await sleep(Math.random() * 150);
      settler.child.kill('SIGKILL');
      expect(await settler.ended).to.include({ signal: 'SIGKILL', errors: '' });

      const acknowledged = settler
        .lines()
        .flatMap((batch) => many(BATCH_SIZE, (number) => `id-${name}-${batch}-${number}`));
      const store = await openSqliteStore({ path });
      const found = await store.crossReferences.bySource(PROJECTS, acknowledged);
      expect(found.size).to.equal(acknowledged.length);
      const references = await store.crossReferences.count(PROJECTS);
      expect(references).to.equal((await store.held.count(PROJECTS)) * BATCH_SIZE);
      await store.close();
    }
    expect(isSound(path)).to.equal(true);
  });
});
