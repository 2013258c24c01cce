import { expect } from 'chai';
import { LINES, many, PROJECTS, reference, settlement } from './fixtures/samples.js';
import { temporaryStore } from './fixtures/temporary.js';

describe('cross-references', () => {
  const store = temporaryStore();
  const put = (...crossReferences: ReturnType<typeof reference>[]) =>
    store().settle(settlement(PROJECTS, { crossReferences }));

  it('are found by the source row, exactly as they were settled', async () => {
    const odd = reference('odd', {
      keyValues: ['Grün "§" \\ 😀', 12, true, null],
      destinationKey: 'grün\u001f12',
      hash: '',
    });
    await put(reference(1), odd);
    const found = await store().crossReferences.bySource(PROJECTS, ['id-1', 'id-odd', 'id-unknown']);
    expect(found).to.deep.equal(
      new Map([
        ['id-1', reference(1)],
        ['id-odd', odd],
      ]),
    );
  });

  it('hold what both sides agreed on, until the next settlement says something else', async () => {
    const agreed = { Name: { source: 'Bridge', destination: null }, Budget: { destination: 12.5 } };
    await put(reference(1, { agreed }));
    const known = async () => (await store().crossReferences.bySource(PROJECTS, ['id-1'])).get('id-1');
    expect(await known()).to.deep.equal(reference(1, { agreed }));
    await put(reference(1));
    expect(await known()).to.deep.equal(reference(1));
  });

  it('are found by the destination key, within one legal entity only', async () => {
    const elsewhere = reference(2, { legalEntity: 'USSI', destinationKey: 'prj-1' });
    await put(reference(1), elsewhere);
    const find = (legalEntity: string) =>
      store().crossReferences.byDestination(PROJECTS, legalEntity, ['prj-1', 'prj-9']);
    expect(await find('USMF')).to.deep.equal(new Map([['prj-1', reference(1)]]));
    expect(await find('USSI')).to.deep.equal(new Map([['prj-1', elsewhere]]));
    expect(await find('DEMF')).to.be.empty;
  });

  it('are walked by their source ids, each once, all of them or those of one legal entity', async () => {
    const count = 12_000;
    await put(...many(count, reference), reference('elsewhere', { legalEntity: 'USSI' }));
    const walk = async (legalEntity?: string): Promise<string[]> => {
      const ids: string[] = [];
      for await (const page of store().crossReferences.sourceIds(PROJECTS, legalEntity)) ids.push(...page);
      return ids;
    };
    const all = await walk();
    expect([all.length, new Set(all).size]).to.deep.equal([count + 1, count + 1]);
    expect(await walk('USSI')).to.deep.equal(['id-elsewhere']);
    expect(await walk('DEMF')).to.deep.equal([]);
  });

  it('of one task are not those of another, nor of the same task of another integration', async () => {
    await put(reference(1));
    const other = { integration: 'contracts of Contoso Global', task: PROJECTS.task };
    for (const scope of [LINES, other]) {
      expect(await store().crossReferences.bySource(scope, ['id-1'])).to.be.empty;
      expect(await store().crossReferences.byDestination(scope, 'USMF', ['prj-1'])).to.be.empty;
      expect(await store().crossReferences.count(scope)).to.equal(0);
    }
  });

  it('take the new hash when the row is written again', async () => {
    await put(reference(1), reference(2));
    await put(reference(1, { hash: 'changed', keyValues: ['Prj-1'] }));
    const found = await store().crossReferences.bySource(PROJECTS, ['id-1', 'id-2']);
    expect(found.get('id-1')).to.deep.equal(reference(1, { hash: 'changed', keyValues: ['Prj-1'] }));
    expect(found.get('id-2')).to.deep.equal(reference(2));
    expect(await store().crossReferences.count(PROJECTS)).to.equal(2);
  });

  it('follow a row that gets another destination key or legal entity, among rows that do not', async () => {
    await put(reference(1), reference(2), reference(3));
    const renamed = reference(1, { destinationKey: 'prj-100', keyValues: ['PRJ-100'], hash: 'new' });
    const moved = reference(2, { legalEntity: 'USSI', hash: 'new' });
    await put(renamed, moved, reference(3, { hash: 'new' }));

    const { bySource, byDestination } = store().crossReferences;
    expect([...(await bySource(PROJECTS, ['id-1', 'id-2', 'id-3'])).values()]).to.have.deep.members([
      renamed,
      moved,
      reference(3, { hash: 'new' }),
    ]);
    expect([...(await byDestination(PROJECTS, 'USMF', ['prj-1', 'prj-2', 'prj-3', 'prj-100'])).keys()]).to.have.members(
      ['prj-3', 'prj-100'],
    );
    expect(await byDestination(PROJECTS, 'USSI', ['prj-2'])).to.deep.equal(new Map([['prj-2', moved]]));
  });

  it('of deleted rows are forgotten', async () => {
    await put(reference(1), reference(2));
    await store().settle(settlement(PROJECTS, { forgotten: ['id-1', 'id-unknown'] }));
    expect([...(await store().crossReferences.bySource(PROJECTS, ['id-1', 'id-2'])).keys()]).to.deep.equal(['id-2']);
  });

  it('are looked up a thousand at a time', async () => {
    const rows = many(1000, reference);
    await put(...rows);
    const found = await store().crossReferences.bySource(
      PROJECTS,
      rows.map((row) => row.sourceId),
    );
    expect([...found.values()]).to.have.deep.members(rows);
  });

  it('are looked up none at a time', async () => {
    expect(await store().crossReferences.bySource(PROJECTS, [])).to.be.empty;
  });
});
