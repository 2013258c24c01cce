import { expect } from 'chai';
import { LINES, PROJECTS } from './fixtures/samples.js';
import { temporaryStore } from './fixtures/temporary.js';

describe('checkpoints', () => {
  const store = temporaryStore();
  const at = '2026-03-01T09:00:00.000Z';

  it('are kept per task, the latest of each', async () => {
    const { checkpoints } = store();
    await checkpoints.save(PROJECTS, { token: 'delta-1', fingerprint: 'f', at });
    await checkpoints.save(PROJECTS, { token: 'delta-2', fingerprint: 'g', at });
    await checkpoints.save(LINES, { token: 'delta-9', fingerprint: 'h', at });
    expect(await checkpoints.get(PROJECTS)).to.deep.equal({ token: 'delta-2', fingerprint: 'g', at });
    expect(await checkpoints.get(LINES)).to.deep.equal({ token: 'delta-9', fingerprint: 'h', at });
  });

  it('have no token where the source gives none, even where there was one before', async () => {
    await store().checkpoints.save(PROJECTS, { token: 'delta-1', fingerprint: 'f', at });
    await store().checkpoints.save(PROJECTS, { fingerprint: 'f', at });
    expect(await store().checkpoints.get(PROJECTS)).to.deep.equal({ fingerprint: 'f', at });
  });

  it('are absent before the first run and after they were cleared', async () => {
    const { checkpoints } = store();
    expect(await checkpoints.get(PROJECTS)).to.equal(undefined);
    await checkpoints.save(PROJECTS, { fingerprint: 'f', at });
    await checkpoints.save(LINES, { fingerprint: 'f', at });
    await checkpoints.clear(PROJECTS);
    expect(await checkpoints.get(PROJECTS)).to.equal(undefined);
    expect(await checkpoints.get(LINES)).to.deep.equal({ fingerprint: 'f', at });
  });
});
