import { readdirSync, readFileSync } from 'node:fs';
import type { StateStore } from '@isthmus/core';
import { expect } from 'chai';
import { PROJECTS, quarantined, reference, settlement } from './fixtures/samples.js';
import { collect, temporaryFolder } from './fixtures/temporary.js';
import { openSqliteStore } from './index.js';

describe('a draft of a store', () => {
  const folder = temporaryFolder();
  let store: StateStore;

  beforeEach(async () => {
    store = await openSqliteStore({ path: folder.file() });
    await store.settle(settlement(PROJECTS, { crossReferences: [reference(1)], held: [quarantined(2)] }));
    await store.checkpoints.save([[PROJECTS, { token: 'delta-1', fingerprint: 'f', at: '2026-03-01T09:00:00.000Z' }]]);
  });
  afterEach(() => store.close());

  it('begins with everything that the store knows', async () => {
    const draft = await store.draft();
    expect((await draft.crossReferences.bySource(PROJECTS, ['id-1'])).get('id-1')).to.deep.equal(reference(1));
    expect((await collect(draft.held.list(PROJECTS))).map(({ key }) => key)).to.deep.equal(['PRJ-2']);
    expect(await draft.checkpoints.get(PROJECTS)).to.include({ token: 'delta-1' });
    expect(draft.identity).to.equal(store.identity);
    await draft.close();
  });

  it('keeps what is done to it to itself: the file of the store does not change by a byte', async () => {
    await store.close();
    const before = readFileSync(folder.file());
    store = await openSqliteStore({ path: folder.file() });
    const draft = await store.draft();
    await draft.settle(settlement(PROJECTS, { crossReferences: [reference(3)], released: ['id-2'] }));
    await draft.checkpoints.save([[PROJECTS, { fingerprint: 'g', at: '2026-03-01T09:00:00.000Z' }]]);
    expect((await draft.crossReferences.bySource(PROJECTS, ['id-3'])).size).to.equal(1);
    expect((await store.crossReferences.bySource(PROJECTS, ['id-3'])).size).to.equal(0);
    await draft.close();
    await store.close();
    expect(readFileSync(folder.file()).equals(before)).to.equal(true);
  });

  it('leaves no file behind, and does not see what others write after it was made', async () => {
    const draft = await store.draft();
    await store.settle(settlement(PROJECTS, { crossReferences: [reference(4)] }));
    expect((await draft.crossReferences.bySource(PROJECTS, ['id-4'])).size).to.equal(0);
    await draft.close();
    expect(readdirSync(folder.file('')).filter((name) => name.includes('draft'))).to.deep.equal([]);
  });
});

describe('saved plans', () => {
  const folder = temporaryFolder();
  const checkpoints = [
    { ...PROJECTS, checkpoint: { token: 'delta-2', fingerprint: 'f', at: '2026-03-01T09:00:00.000Z' } },
  ];

  it('are known by their digest, with how far they read and who applied them', async () => {
    const store = await openSqliteStore({ path: folder.file() });
    await store.plans.save({ digest: 'a', checkpoints });
    expect(await store.plans.get('a')).to.deep.equal({ digest: 'a', checkpoints });
    await store.plans.save({ digest: 'a', checkpoints, appliedBy: 'run-1' });
    expect(await store.plans.get('a')).to.deep.equal({ digest: 'a', checkpoints, appliedBy: 'run-1' });
    expect(await store.plans.get('b')).to.equal(undefined);
    await store.close();
  });

  it('are forgotten when a hundred newer ones are known', async () => {
    const store = await openSqliteStore({ path: folder.file() });
    for (let n = 0; n <= 100; n++) await store.plans.save({ digest: `plan-${n}`, checkpoints });
    expect(await store.plans.get('plan-0')).to.equal(undefined);
    expect(await store.plans.get('plan-1')).not.to.equal(undefined);
    await store.close();
  });

  it('belong to one store: two stores have different identities, one keeps its own', async () => {
    const identityOf = async (name: string): Promise<string> => {
      const store = await openSqliteStore({ path: folder.file(name) });
      await store.close();
      return store.identity;
    };
    expect(await identityOf('a.db')).to.match(/^[0-9a-f]{32}$/);
    expect(await identityOf('a.db')).to.equal(await identityOf('a.db'));
    expect(await identityOf('a.db')).not.to.equal(await identityOf('b.db'));
  });
});
