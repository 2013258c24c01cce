import { expect } from 'chai';
import { LINES, PROJECTS, reference, settlement } from './fixtures/samples.js';
import { failureOf, temporaryStore } from './fixtures/temporary.js';

describe('the journal', () => {
  const store = temporaryStore();
  const at = '2026-03-01T09:00:00.000Z';
  const batch = (...sourceIds: string[]) => ({ ...PROJECTS, runId: 'run-1', sourceIds, at });

  it('names what was sent and not answered, task by task', async () => {
    const { journal } = store();
    const id = await journal.send(batch('id-1', 'id-2'));
    await journal.send({ ...LINES, runId: 'run-1', sourceIds: ['id-3'], at });
    expect(await journal.unanswered(PROJECTS)).to.deep.equal([{ id, ...batch('id-1', 'id-2') }]);
  });

  it('forgets a batch in the very transaction that settles it', async () => {
    const { journal } = store();
    const first = await journal.send(batch('id-1'));
    const second = await journal.send(batch('id-2'));
    await store().settle(settlement(PROJECTS, { crossReferences: [reference(1)], answers: [first] }));
    expect((await journal.unanswered(PROJECTS)).map(({ id }) => id)).to.deep.equal([second]);
  });

  it('and settlements are closed to whoever has lost the lease: nothing of it is remembered', async () => {
    const { journal, leases } = store();
    await leases.acquire('contracts', 'another', 60_000);
    const lease = { name: 'contracts', holder: 'late' };
    const late = settlement(PROJECTS, { crossReferences: [reference(1)], lease });
    for (const attempt of [journal.send(batch('id-1'), lease), store().settle(late)]) {
      const error = await failureOf(attempt);
      expect(error.code).to.equal('STORE_LEASE_LOST');
      expect(error.message).to.include('another');
    }
    expect(await journal.unanswered(PROJECTS)).to.deep.equal([]);
    expect(await store().crossReferences.count(PROJECTS)).to.equal(0);
  });
});
