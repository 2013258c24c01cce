import { expect } from 'chai';
import { temporaryStore } from './fixtures/temporary.js';

const MINUTE = 60_000;
const EXPIRED = 0;

describe('a lease', () => {
  const store = temporaryStore();
  const acquire = (holder: string, ttlMs = MINUTE) => store().leases.acquire('contracts', holder, ttlMs);

  it('belongs to the first who asks; others learn who has it and since when', async () => {
    const before = new Date();
    expect(await acquire('first')).to.equal(undefined);
    const other = await acquire('second');
    expect(other?.holder).to.equal('first');
    expect(new Date(other?.since ?? '')).to.be.within(before, new Date());
  });

  it('of one integration does not hinder another', async () => {
    await acquire('first');
    expect(await store().leases.acquire('tasks', 'second', MINUTE)).to.equal(undefined);
  });

  it('may be asked for again by its holder', async () => {
    await acquire('first', EXPIRED);
    expect(await acquire('first')).to.equal(undefined);
    expect(await acquire('second')).to.include({ holder: 'first' });
  });

  it('is free once it was released', async () => {
    await acquire('first');
    await store().leases.release('contracts', 'first');
    expect(await acquire('second')).to.equal(undefined);
  });

  it('cannot be released or renewed by anybody else', async () => {
    await acquire('first');
    await store().leases.release('contracts', 'second');
    expect(await store().leases.renew('contracts', 'second', MINUTE)).to.equal(false);
    expect(await acquire('second')).to.include({ holder: 'first' });
  });

  it('not renewed in time may be taken over, and its former holder learns of it', async () => {
    await acquire('first', EXPIRED);
    expect(await acquire('second')).to.equal(undefined);
    expect(await store().leases.renew('contracts', 'first', MINUTE)).to.equal(false);
    expect(await acquire('first')).to.include({ holder: 'second' });
  });

  it('of a time that is yet to come was taken before the clock was put back, and holds nobody up', async () => {
    await acquire('first', 60 * MINUTE);
    expect(await acquire('second')).to.equal(undefined);
  });

  it('survives a clock that is corrected by a little', async () => {
    await acquire('first', 1.5 * MINUTE);
    expect(await acquire('second')).to.include({ holder: 'first' });
  });

  it('can be looked at without being asked for', async () => {
    expect(await store().leases.get('contracts')).to.equal(undefined);
    await acquire('first', EXPIRED);
    expect(await store().leases.get('contracts')).to.include({ holder: 'first' });
  });

  it('renewed in time cannot be taken over', async () => {
    await acquire('first', EXPIRED);
    expect(await store().leases.renew('contracts', 'first', MINUTE)).to.equal(true);
    expect(await acquire('second')).to.include({ holder: 'first' });
  });
});
