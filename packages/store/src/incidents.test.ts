import type { Incident } from '@isthmus/core';
import { expect } from 'chai';
import { temporaryFolder, temporaryStore } from './fixtures/temporary.js';
import { openSqliteStore } from './index.js';

const NOW = Date.parse('2026-03-01T09:00:00.000Z');
const HOUR = 3_600_000;
const failure: Incident = { integration: 'contracts', kind: 'failure', since: '2026-03-01T09:00:00.000Z' };
const message = { subject: 'contracts failed' };

describe('incidents', () => {
  const store = temporaryStore();
  const folder = temporaryFolder();
  const inAnHour = () => NOW + HOUR;

  it('are open once, however often they show', async () => {
    expect(await store().incidents.open(failure, [])).to.equal(true);
    expect(await store().incidents.open({ ...failure, since: '2026-03-02T09:00:00.000Z' }, [])).to.equal(false);
    expect(
      await store().incidents.open({ ...failure, kind: 'absence', since: '2026-03-03T09:00:00.000Z' }, []),
    ).to.equal(true);
    expect(await store().incidents.list()).to.deep.equal([
      failure,
      { ...failure, kind: 'absence', since: '2026-03-03T09:00:00.000Z' },
    ]);
  });

  it('are over once', async () => {
    await store().incidents.open(failure, []);
    expect(await store().incidents.close(failure, [])).to.equal(true);
    expect(await store().incidents.close(failure, [])).to.equal(false);
    expect(await store().incidents.list()).to.deep.equal([]);
  });

  it('leave a message for each channel when they change, and none when they do not', async () => {
    const dispatches = [
      { channel: 'email', message },
      { channel: 'webhook 1', message },
    ];
    await store().incidents.open(failure, dispatches);
    await store().incidents.open(failure, dispatches);
    const taken = await store().incidents.take(NOW, inAnHour);
    expect(taken.map(({ channel, attempts }) => [channel, attempts])).to.deep.equal([
      ['email', 1],
      ['webhook 1', 1],
    ]);
    expect(taken[0]?.message).to.deep.equal(message);
  });

  it('lose no message that could not be delivered, and repeat none that was', async () => {
    await store().incidents.open(failure, [
      { channel: 'email', message },
      { channel: 'webhook 1', message },
    ]);
    const [first] = await store().incidents.take(NOW, inAnHour);
    await store().incidents.delivered(first!.id);
    expect(await store().incidents.take(NOW + HOUR - 1, inAnHour), 'nobody else has it meanwhile').to.deep.equal([]);
    const again = await store().incidents.take(NOW + HOUR, inAnHour);
    expect(again.map(({ channel, attempts }) => [channel, attempts])).to.deep.equal([['webhook 1', 2]]);
  });

  it('deliver also after a clock that was far ahead was put right', async () => {
    await store().incidents.open(failure, [{ channel: 'email', message }]);
    await store().incidents.take(NOW, () => NOW + 365 * 24 * HOUR);
    expect(await store().incidents.take(NOW, inAnHour)).to.have.length(1);
  });

  it('are the same for every process', async () => {
    const path = folder.file('shared.db');
    const [one, other] = [await openSqliteStore({ path }), await openSqliteStore({ path })];
    await one.incidents.open(failure, [{ channel: 'email', message }]);
    expect(await other.incidents.open(failure, [{ channel: 'email', message }])).to.equal(false);
    const taken = [...(await one.incidents.take(NOW, inAnHour)), ...(await other.incidents.take(NOW, inAnHour))];
    expect(taken).to.have.length(1);
    await one.close();
    await other.close();
  });
});
