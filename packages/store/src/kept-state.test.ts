import type { StateEntry, StateStore } from '@isthmus/core';
import { expect } from 'chai';
import { CONTRACTS, deferred, LINES, many, PROJECTS, quarantined, reference, settlement } from './fixtures/samples.js';
import { collect, failureOf, temporaryStore } from './fixtures/temporary.js';

const at = '2026-03-01T09:00:00.000Z';
const BOTH = [PROJECTS, CONTRACTS];
const ALL = ['checkpoint', 'reference', 'held', 'ruling'] as const;

async function* pages(...entries: StateEntry[]) {
  yield entries;
}

const ruling = (number: number, changes = {}) => ({
  sourceId: `id-${number}`,
  key: `PRJ-${number}`,
  legalEntity: 'USMF',
  kind: 'drop' as const,
  sourceHash: 'h',
  reason: 'A test row.',
  by: 'ann',
  at,
  ...changes,
});

const all = (store: StateStore): Promise<StateEntry[]> => collect(store.state.entries(BOTH));

describe('the state of tasks', () => {
  const store = temporaryStore();

  beforeEach(async () => {
    await store().settle(
      settlement(PROJECTS, {
        crossReferences: many(3, reference),
        held: [quarantined(4), deferred(5, { ...CONTRACTS, key: 'ord-1', by: 'key', legalEntity: 'USMF' })],
      }),
    );
    await store().checkpoints.save([[PROJECTS, { token: 't', fingerprint: 'f', at }]]);
    await store().rulings.put(PROJECTS, [ruling(6), ruling(7, { kind: 'edit', fields: { Name: 'Short' } })]);
    await store().settle(settlement(LINES, { crossReferences: [reference(9)] }));
  });

  it('comes out whole, and goes back in as it was', async () => {
    const before = await all(store());
    expect(before.map(({ kind }) => kind).sort()).to.deep.equal([
      'checkpoint',
      'held',
      'held',
      'reference',
      'reference',
      'reference',
      'ruling',
      'ruling',
    ]);
    await store().state.replace({ action: 'reset', tasks: BOTH, kinds: ALL, at }, pages(), []);
    expect(await all(store())).to.deep.equal([]);
    expect(await store().crossReferences.count(LINES)).to.equal(1);
    await store().state.replace({ action: 'import', tasks: BOTH, kinds: ALL, at }, pages(...before), []);
    expect(await all(store())).to.deep.equal(before);
  });

  it('is as it was before, once a change is undone, and the later ones with it', async () => {
    const before = await all(store());
    const change = { action: 'reset', tasks: BOTH, at };
    await store().state.replace({ ...change, kinds: ['held'] }, pages(), []);
    await store().state.replace({ ...change, kinds: ['checkpoint', 'reference', 'ruling'] }, pages(), []);
    const [, first] = await store().state.changes();
    await store().state.undo(first?.id ?? 0, []);
    expect(await all(store())).to.deep.equal(before);
    expect(await store().state.changes()).to.deep.equal([]);
  });

  it('changes in one of its kinds alone, where only that is asked for', async () => {
    const checkpoint = { fingerprint: 'older', at };
    const change = { action: 'rewind', tasks: [PROJECTS], kinds: ['checkpoint'], at } as const;
    await store().state.replace(change, pages({ ...PROJECTS, kind: 'checkpoint', value: checkpoint }), []);
    expect(await store().checkpoints.get(PROJECTS)).to.deep.equal(checkpoint);
    expect(await store().crossReferences.count(PROJECTS)).to.equal(3);
  });

  it('tells records that their row has come with it', async () => {
    const contract = { ...reference(1), destinationKey: 'ord-1' };
    const change = { action: 'import', tasks: [CONTRACTS], kinds: ['reference'], at } as const;
    await store().state.replace(change, pages({ ...CONTRACTS, kind: 'reference', value: contract }), []);
    const ready = await collect(store().held.ready(PROJECTS));
    expect(ready.map(({ sourceId }) => sourceId)).to.deep.equal(['id-5']);
  });

  it('is not changed at all where a lease is lost, or the entries do not come to their end', async () => {
    const before = await all(store());
    const change = { action: 'reset', tasks: BOTH, kinds: ALL, at };
    const lease = { name: 'contracts', holder: 'late' };
    expect((await failureOf(store().state.replace(change, pages(), [lease]))).code).to.equal('STORE_LEASE_LOST');
    const torn = (async function* () {
      yield [];
      throw new Error('torn');
    })();
    const failure: unknown = await store()
      .state.replace(change, torn, [])
      .catch((thrown: unknown) => thrown);
    expect(failure).to.have.property('message', 'torn');
    expect(await all(store())).to.deep.equal(before);
    expect(await store().state.changes()).to.deep.equal([]);
  });

  it('can be undone ten changes back; what is older is forgotten', async () => {
    for (const action of many(12, String)) {
      await store().state.replace({ action, tasks: BOTH, kinds: ALL, at }, pages(), []);
    }
    const kept = (await store().state.changes()).map(({ action }) => action);
    expect(kept).to.deep.equal(['12', '11', '10', '9', '8', '7', '6', '5', '4', '3']);
  });
});

describe('rulings', () => {
  const store = temporaryStore();

  it('are found by source id, listed by filter, replaced and lifted', async () => {
    const { rulings } = store();
    expect(await rulings.has(PROJECTS)).to.equal(false);
    await rulings.put(PROJECTS, [ruling(1), ruling(2)]);
    await rulings.put(PROJECTS, [ruling(2, { reason: 'Another one.' })]);
    expect(await rulings.has(PROJECTS)).to.equal(true);
    expect([...(await rulings.get(PROJECTS, ['id-2', 'id-3'])).values()]).to.deep.equal([
      ruling(2, { reason: 'Another one.' }),
    ]);
    expect(await collect(rulings.list({ key: 'prj-1' }))).to.deep.equal([{ ...PROJECTS, ...ruling(1) }]);
    await rulings.lift(PROJECTS, ['id-1']);
    await store().settle(settlement(PROJECTS, { lifted: ['id-2'] }));
    expect(await rulings.has(PROJECTS)).to.equal(false);
  });

  it('to drop a record let it go in the same transaction; an edit keeps it', async () => {
    await store().settle(settlement(PROJECTS, { held: [quarantined(1), quarantined(2)] }));
    await store().rulings.put(PROJECTS, [ruling(1), ruling(2, { kind: 'edit', fields: {} })]);
    const held = await collect(store().held.list(PROJECTS));
    expect(held.map(({ sourceId }) => sourceId)).to.deep.equal(['id-2']);
  });
});
