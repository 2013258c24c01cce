import { expect } from 'chai';
import { LINES, many, PROJECTS } from './fixtures/samples.js';
import { failureOf, temporaryStore } from './fixtures/temporary.js';

describe('checkpoints', () => {
  const store = temporaryStore();
  const at = '2026-03-01T09:00:00.000Z';

  it('are kept per task, the latest of each', async () => {
    const { checkpoints } = store();
    await checkpoints.save([[PROJECTS, { token: 'delta-1', fingerprint: 'f', at }]]);
    await checkpoints.save([[PROJECTS, { token: 'delta-2', fingerprint: 'g', at }]]);
    await checkpoints.save([[LINES, { token: 'delta-9', fingerprint: 'h', at }]]);
    expect(await checkpoints.get(PROJECTS)).to.deep.equal({ token: 'delta-2', fingerprint: 'g', at });
    expect(await checkpoints.get(LINES)).to.deep.equal({ token: 'delta-9', fingerprint: 'h', at });
  });

  it('have no token where the source gives none, even where there was one before', async () => {
    await store().checkpoints.save([[PROJECTS, { token: 'delta-1', fingerprint: 'f', at }]]);
    await store().checkpoints.save([[PROJECTS, { fingerprint: 'f', at }]]);
    expect(await store().checkpoints.get(PROJECTS)).to.deep.equal({ fingerprint: 'f', at });
  });

  it('are absent before the first run', async () => {
    expect(await store().checkpoints.get(PROJECTS)).to.equal(undefined);
    expect(await store().checkpoints.kept(PROJECTS)).to.deep.equal([]);
  });

  it('of earlier runs can be gone back to: the last ten, newest first', async () => {
    const { checkpoints } = store();
    for (const fingerprint of many(12, String)) await checkpoints.save([[PROJECTS, { fingerprint, at }]]);
    await checkpoints.save([[LINES, { fingerprint: 'l', at }]]);
    const kept = (await checkpoints.kept(PROJECTS)).map(({ fingerprint }) => fingerprint);
    expect(kept).to.deep.equal(['12', '11', '10', '9', '8', '7', '6', '5', '4', '3']);
  });

  it('of several tasks are saved together, or not at all where the lease is lost', async () => {
    const { checkpoints, leases } = store();
    await leases.acquire('contracts', 'another', 60_000);
    const lease = { name: 'contracts', holder: 'late' };
    const both = [
      [PROJECTS, { fingerprint: 'f', at }],
      [LINES, { fingerprint: 'f', at }],
    ] as const;
    expect((await failureOf(checkpoints.save(both, lease))).code).to.equal('STORE_LEASE_LOST');
    expect(await checkpoints.get(PROJECTS)).to.equal(undefined);
    await checkpoints.save(both, { ...lease, holder: 'another' });
    expect(await checkpoints.get(LINES)).to.deep.equal({ fingerprint: 'f', at });
  });
});
