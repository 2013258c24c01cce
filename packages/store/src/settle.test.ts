import type { Settlement } from '@isthmus/core';
import { expect } from 'chai';
import { LINES, PROJECTS, quarantined, reference, settlement } from './fixtures/samples.js';
import { failureOf, temporaryStore } from './fixtures/temporary.js';

describe('settling a batch', () => {
  const store = temporaryStore();

  it('remembers what was written, what is held, what got through and what is gone', async () => {
    await store().settle(
      settlement(PROJECTS, { crossReferences: [reference(1)], held: [quarantined(2), quarantined(3)] }),
    );
    await store().settle(
      settlement(PROJECTS, {
        crossReferences: [reference(2)],
        released: ['id-2'],
        forgotten: ['id-1'],
        held: [quarantined(4)],
      }),
    );
    const references = await store().crossReferences.bySource(PROJECTS, ['id-1', 'id-2', 'id-3', 'id-4']);
    expect([...references.keys()]).to.deep.equal(['id-2']);
    expect(await store().held.count({ sourceIds: ['id-2'] })).to.equal(0);
    expect(await store().held.count({ sourceIds: ['id-3', 'id-4'] })).to.equal(2);
  });

  it('remembers nothing of a batch of which one part is refused', async () => {
    await store().settle(settlement(PROJECTS, { crossReferences: [reference(1)], held: [quarantined(2)] }));
    const impossible = { ...quarantined(3), code: undefined } as unknown as Settlement['held'][number];

    const error = await failureOf(
      store().settle(
        settlement(LINES, {
          crossReferences: [reference(7)],
          held: [impossible],
        }),
      ),
    );
    expect(error.code).to.equal('STORE_FAILED');
    expect(error.message).to.include('held.code');
    expect(await store().crossReferences.count(LINES)).to.equal(0);
    expect(await store().held.count({})).to.equal(1);
  });

  it('goes on after a batch that was refused', async () => {
    const impossible = { ...quarantined(3), code: undefined } as unknown as Settlement['held'][number];
    await failureOf(store().settle(settlement(PROJECTS, { held: [impossible] })));
    await store().settle(settlement(PROJECTS, { crossReferences: [reference(1)] }));
    expect(await store().crossReferences.count(PROJECTS)).to.equal(1);
  });
});
