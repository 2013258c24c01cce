import type { HeldRecord } from '@isthmus/core';
import { expect } from 'chai';
import { CONTRACTS, deferred, LINES, many, PROJECTS, quarantined, reference, settlement } from './fixtures/samples.js';
import { collect, temporaryStore } from './fixtures/temporary.js';

const idsOf = (records: HeldRecord[]) => records.map((record) => record.sourceId);

describe('held records', () => {
  const store = temporaryStore();
  const hold = (scope: typeof PROJECTS, held: ReturnType<typeof quarantined>[], runId = 'run-1') =>
    store().settle(settlement(scope, { held, runId }));

  it('are kept whole', async () => {
    const waitsFor = { ...PROJECTS, key: 'prj-1', by: 'key', legalEntity: 'USMF' } as const;
    const mapped = { PROJECTID: 'PRJ-1', AMOUNT: '12345678901234567890.10', DESCRIPTION: null };
    await hold(LINES, [quarantined(1, { mapped }), deferred(2, waitsFor)]);
    const common = { ...LINES, attempts: 1, runId: 'run-1' };
    expect(await collect(store().held.list({}))).to.deep.equal([
      { ...common, ...quarantined(1, { mapped }) },
      { ...common, ...deferred(2, waitsFor) },
    ]);
  });

  it('held again count the attempt, take the new reason, and keep the date of the first time', async () => {
    await hold(PROJECTS, [deferred(1, { ...CONTRACTS, key: 'ord-1', by: 'key', legalEntity: 'USMF' })]);
    const again = quarantined(1, { since: '2026-04-01T00:00:00.000Z', code: 'RECORD_KEY_EMPTY', source: { a: 1 } });
    await hold(PROJECTS, [again], 'run-2');
    expect(await collect(store().held.list({}))).to.deep.equal([
      { ...PROJECTS, ...again, since: '2026-03-01T09:00:00.000Z', attempts: 2, runId: 'run-2' },
    ]);
  });

  it('start anew when the record got through in between', async () => {
    await hold(PROJECTS, [quarantined(1)]);
    await store().settle(settlement(PROJECTS, { released: ['id-1'] }));
    await hold(PROJECTS, [quarantined(1, { since: '2026-05-01T00:00:00.000Z' })]);
    const [record] = await collect(store().held.list({}));
    expect(record).to.include({ attempts: 1, since: '2026-05-01T00:00:00.000Z' });
  });

  describe('are listed and counted', () => {
    beforeEach(async () => {
      await hold(PROJECTS, [
        quarantined('p1'),
        deferred('p2', { ...CONTRACTS, key: 'x', by: 'key', legalEntity: 'USMF' }),
      ]);
      await hold(LINES, [quarantined('l1')], 'run-2');
      await hold({ integration: 'other', task: PROJECTS.task }, [quarantined('p1')], 'run-2');
    });

    const cases = [
      { filter: {}, found: ['id-p1', 'id-p2', 'id-l1', 'id-p1'] },
      { filter: { integration: 'contracts' }, found: ['id-p1', 'id-p2', 'id-l1'] },
      { filter: { task: 'projects' }, found: ['id-p1', 'id-p2', 'id-p1'] },
      { filter: PROJECTS, found: ['id-p1', 'id-p2'] },
      { filter: { runId: 'run-2' }, found: ['id-l1', 'id-p1'] },
      { filter: { state: 'deferred' as const }, found: ['id-p2'] },
      { filter: { ...PROJECTS, state: 'quarantined' as const }, found: ['id-p1'] },
      { filter: { sourceIds: ['id-p1', 'id-l1'] }, found: ['id-p1', 'id-l1', 'id-p1'] },
      { filter: { ...PROJECTS, sourceIds: ['id-p1', 'id-l1'] }, found: ['id-p1'] },
      { filter: { sourceIds: [] }, found: [] },
      { filter: { integration: 'unknown', task: 'projects' }, found: [] },
    ];
    for (const { filter, found } of cases) {
      it(`by ${JSON.stringify(filter)}, oldest first`, async () => {
        expect(idsOf(await collect(store().held.list(filter)))).to.deep.equal(found);
        expect(await store().held.count(filter)).to.equal(found.length);
      });
    }
  });

  it('are walked in pages, each once, while they are released on the way', async () => {
    const all = many(1201, (number) => quarantined(number));
    await hold(PROJECTS, all);
    const seen: string[] = [];
    for await (const page of store().held.list(PROJECTS)) {
      expect(page.length).to.be.at.most(500);
      seen.push(...idsOf(page));
      await store().settle(settlement(PROJECTS, { released: idsOf(page) }));
    }
    expect(seen).to.deep.equal(all.map((record) => record.sourceId));
    expect(await store().held.count({})).to.equal(0);
  });

  it('are counted by task and state as they come, turn and go', async () => {
    const tally = async () => {
      const of = async (state: 'deferred' | 'quarantined') =>
        store().held.count({ integration: LINES.integration, state });
      return [await of('deferred'), await of('quarantined'), await store().held.count({})];
    };
    const waitsFor = { ...PROJECTS, key: 'prj-1', by: 'key', legalEntity: 'USMF' } as const;
    await hold(LINES, [deferred(1, waitsFor), deferred(2, waitsFor), quarantined(3)]);
    await hold(PROJECTS, [quarantined(1)]);
    expect(await tally()).to.deep.equal([2, 2, 4]);
    await hold(LINES, [quarantined(1), deferred(2, waitsFor), deferred(3, waitsFor)]);
    expect(await tally()).to.deep.equal([2, 2, 4]);
    await store().settle(settlement(LINES, { released: ['id-2', 'id-3', 'id-unknown'] }));
    expect(await tally()).to.deep.equal([0, 2, 2]);
  });

  describe('that are deferred are ready', () => {
    const ready = async () => idsOf(await collect(store().held.ready(LINES)));

    it('when the row that they wait for has arrived, by key or by source id', async () => {
      await hold(LINES, [
        deferred('by-key', { ...PROJECTS, key: 'prj-1', by: 'key', legalEntity: 'USMF' }),
        deferred('by-source', { ...PROJECTS, key: 'id-1', by: 'source', legalEntity: 'USMF' }),
        deferred('still-waiting', { ...PROJECTS, key: 'prj-2', by: 'key', legalEntity: 'USMF' }),
      ]);
      expect(await ready()).to.deep.equal([]);
      await store().settle(settlement(PROJECTS, { crossReferences: [reference(1)] }));
      expect(await ready()).to.deep.equal(['id-by-key', 'id-by-source']);
    });

    it('by key only where the row arrives in the legal entity in which it is looked for', async () => {
      const waiting = (legalEntity: string) =>
        deferred(legalEntity, { ...PROJECTS, key: 'prj-1', by: 'key', legalEntity });
      await hold(LINES, [waiting('USMF'), waiting('USSI')]);
      await store().settle(settlement(PROJECTS, { crossReferences: [reference(1, { legalEntity: 'USSI' })] }));
      expect(await ready()).to.deep.equal(['id-USSI']);
      await hold(LINES, [waiting('USSI')]);
      expect(await ready()).to.deep.equal(['id-USSI']);
    });

    it('when the row arrives by another integration, where they wait for one of that', async () => {
      const other = { ...PROJECTS, integration: 'other' };
      await hold(LINES, [deferred(1, { ...other, key: 'prj-1', by: 'key', legalEntity: 'USMF' })]);
      await store().settle(settlement(other, { crossReferences: [reference(1)] }));
      expect(await ready()).to.deep.equal(['id-1']);
    });

    it('only by rows of the awaited task of the awaited integration', async () => {
      await hold(LINES, [deferred(1, { ...PROJECTS, key: 'prj-1', by: 'key', legalEntity: 'USMF' })]);
      const crossReferences = [reference(1)];
      await store().settle(settlement({ ...PROJECTS, integration: 'other' }, { crossReferences }));
      await store().settle(settlement(LINES, { crossReferences }));
      expect(await ready()).to.deep.equal([]);
    });

    it('and not where they are quarantined, or belong to another task', async () => {
      const waitsFor = { ...PROJECTS, key: 'prj-1', by: 'key', legalEntity: 'USMF' } as const;
      await hold(LINES, [quarantined(1, { waitsFor })]);
      await hold({ ...LINES, task: 'milestones' }, [deferred(2, waitsFor)]);
      await store().settle(settlement(PROJECTS, { crossReferences: [reference(1)] }));
      expect(await ready()).to.deep.equal([]);
    });

    it('in pages, and each once, whether it gets through or is deferred again on the way', async () => {
      const waitsFor = { ...PROJECTS, key: 'prj-1', by: 'key', legalEntity: 'USMF' } as const;
      await store().settle(settlement(PROJECTS, { crossReferences: [reference(1)] }));
      const all = many(1100, (number) => deferred(number, waitsFor));
      await hold(LINES, all);
      const seen: string[] = [];
      for await (const page of store().held.ready(LINES)) {
        seen.push(...idsOf(page));
        const [again, ...through] = page;
        await store().settle(
          settlement(LINES, {
            released: idsOf(through),
            held: again ? [deferred(again.sourceId.replace('id-', ''), waitsFor)] : [],
          }),
        );
      }
      expect(seen).to.deep.equal(all.map((record) => record.sourceId));
      expect(await store().held.count(LINES)).to.equal(3);
    });
  });
});
