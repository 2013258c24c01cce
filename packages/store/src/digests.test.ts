import { expect } from 'chai';
import { LINES, PROJECTS } from './fixtures/samples.js';
import { failureOf, temporaryStore } from './fixtures/temporary.js';

async function* noEntries(): AsyncGenerator<never[]> {
  yield [];
}

describe('digests', () => {
  const store = temporaryStore();

  it('are kept per task and row, the latest of each', async () => {
    const { digests } = store();
    await digests.keep(
      PROJECTS,
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    );
    await digests.keep(PROJECTS, new Map([['b', '3']]));
    await digests.keep(LINES, new Map([['a', '4']]));
    expect(await digests.bySource(PROJECTS, ['a', 'b', 'c'])).to.deep.equal(
      new Map([
        ['a', '1'],
        ['b', '3'],
      ]),
    );
  });

  it('are forgotten row by row, or all of a task', async () => {
    const { digests } = store();
    const kept = new Map([
      ['a', '1'],
      ['b', '2'],
    ]);
    await digests.keep(PROJECTS, kept);
    await digests.keep(LINES, kept);
    await digests.forget(PROJECTS, ['a']);
    await digests.forgetAll(LINES);
    expect(await digests.bySource(PROJECTS, ['a', 'b'])).to.deep.equal(new Map([['b', '2']]));
    expect(await digests.bySource(LINES, ['a', 'b'])).to.deep.equal(new Map());
  });

  it('are not kept for a process that has lost its lease: what it saw is out of date', async () => {
    const { digests, leases } = store();
    await leases.acquire('contracts', 'another', 60_000);
    const late = digests.keep(PROJECTS, new Map([['a', '1']]), { name: 'contracts', holder: 'late' });
    expect((await failureOf(late)).code).to.equal('STORE_LEASE_LOST');
    expect(await digests.bySource(PROJECTS, ['a'])).to.deep.equal(new Map());
  });

  it('go with a change of the state by hand', async () => {
    const { digests, state } = store();
    await digests.keep(PROJECTS, new Map([['a', '1']]));
    const change = {
      action: 'rewind',
      tasks: [PROJECTS],
      kinds: ['checkpoint'],
      at: '2026-03-01T09:00:00.000Z',
    } as const;
    await state.replace(change, noEntries(), []);
    expect(await digests.bySource(PROJECTS, ['a'])).to.deep.equal(new Map());
  });
});
