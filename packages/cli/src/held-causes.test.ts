import type { HeldRecord } from '@isthmus/core';
import { expect } from 'chai';
import { causesOf, tracedBack } from './held-causes.js';

const record = (key: string, more: Partial<HeldRecord> & { message?: string } = {}): HeldRecord => ({
  integration: 'contracts',
  task: 'projects',
  state: 'quarantined',
  sourceId: `id-${key}`,
  key,
  legalEntity: 'usmf',
  source: {},
  errors: [{ code: 'RECORD_TOO_LONG', message: more.message ?? 'Too long.', remedy: 'Shorten it.', place: {} }],
  code: 'RECORD_TOO_LONG',
  again: false,
  attempts: 1,
  runId: 'run-1',
  since: '2026-11-23T00:00:00Z',
  ...more,
});

async function* pages(...records: HeldRecord[]) {
  for (const one of records) yield [one];
}

describe('The causes of held records', () => {
  it('are the same where only values and numbers differ', async () => {
    const [cause, ...others] = await causesOf(
      pages(
        record('P-1', { message: "The text 'abc' has 113 characters; 60 are taken." }),
        record('P-2', { message: "The text 'xyz' has 99 characters; 60 are taken." }),
      ),
    );
    expect(others).to.deep.equal([]);
    expect(cause).to.deep.include({ count: 2, keys: ['P-1', 'P-2'], remedy: 'Shorten it.' });
    expect(cause?.message).to.equal('The text … has … characters; … are taken.');
  });

  it('keep the whole message where there is one record, and show its id where it has no key', async () => {
    const [cause] = await causesOf(pages(record('', { message: "The text 'abc' is too long." })));
    expect(cause).to.deep.include({ message: "The text 'abc' is too long.", keys: ['id-'] });
  });

  it('differ by task and code; the most frequent comes first', async () => {
    const causes = await causesOf(
      pages(record('P-1'), record('L-1', { task: 'lines' }), record('L-2', { task: 'lines' })),
    );
    expect(causes.map(({ task, count }) => [task, count])).to.deep.equal([
      ['lines', 2],
      ['projects', 1],
    ]);
  });

  it('show the first few keys of many', async () => {
    const [cause] = await causesOf(pages(...Array.from({ length: 9 }, (_, index) => record(`P-${index}`))));
    expect(cause).to.include({ count: 9 });
    expect(cause?.keys).to.have.length(5);
  });

  it('are one for all that wait for the same row, traced back to what holds that row', async () => {
    const waitsFor = { integration: 'contracts', task: 'contracts', key: 'ord-1', by: 'key' } as const;
    const contract = record('ORD-1', { task: 'contracts' });
    const waiting = ['P-1', 'P-2'].map((key) => record(key, { state: 'deferred', code: 'RECORD_WAITS', waitsFor }));
    const causes = await causesOf(pages(...waiting));
    expect(causes).to.have.length(1);
    const [traced] = await tracedBack(causes, pages(contract, ...waiting));
    expect(traced).to.include({ count: 2, heldBackBy: 'RECORD_TOO_LONG' });
    const [untraced] = await tracedBack(causes, pages(...waiting));
    expect(untraced).not.to.have.property('heldBackBy');
  });
});
