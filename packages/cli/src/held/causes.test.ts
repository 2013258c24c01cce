import type { HeldRecord } from '@isthmus/core';
import { expect } from 'chai';
import { causesOf } from './causes.js';

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

const causesAmong = (...records: HeldRecord[]) => causesOf(pages(...records), () => pages(...records));

describe('The causes of held records', () => {
  it('are the same where only values and numbers differ', async () => {
    const [cause, ...others] = await causesAmong(
      record('P-1', { message: "The text 'abc' has 113 characters; 60 are taken." }),
      record('P-2', { message: "The text 'xyz' has 99 characters; 60 are taken." }),
    );
    expect(others).to.deep.equal([]);
    expect(cause).to.deep.include({ count: 2, behind: 0, keys: ['P-1', 'P-2'], remedy: 'Shorten it.' });
    expect(cause?.message).to.equal('The text … has … characters; … are taken.');
    expect(cause?.example).to.equal("The text 'abc' has 113 characters; 60 are taken.");
  });

  it('keep the whole message where there is one record, and show its id where it has no key', async () => {
    const [cause] = await causesAmong(record('', { message: "The text 'abc' is too long." }));
    expect(cause).to.deep.include({ message: "The text 'abc' is too long.", keys: ['id-'] });
  });

  it('differ by task and code; the most frequent comes first', async () => {
    const causes = await causesAmong(record('P-1'), record('L-1', { task: 'lines' }), record('L-2', { task: 'lines' }));
    expect(causes.map(({ task, count }) => [task, count])).to.deep.equal([
      ['lines', 2],
      ['projects', 1],
    ]);
  });

  it('show the first few keys of many', async () => {
    const [cause] = await causesAmong(...Array.from({ length: 9 }, (_, index) => record(`P-${index}`)));
    expect(cause).to.include({ count: 9 });
    expect(cause?.keys).to.have.length(5);
  });

  const refused = (key: string, customer: string) =>
    record(key, {
      task: 'contracts',
      code: 'FINOPS_REFERENCE_MISSING',
      errors: [
        {
          message: `The value '${customer}' in field 'Customer account' is not found.`,
          place: { field: 'CustomerAccount' },
          details: { value: customer },
        },
      ],
    });
  const waits = (key: string, task: string, awaited: string, by = 'key' as 'key' | 'source') =>
    record(key, {
      task,
      state: 'deferred',
      code: 'RECORD_WAITS',
      waitsFor: {
        integration: 'contracts',
        task: awaited.split(' ')[0] ?? '',
        key: awaited.split(' ')[1] ?? '',
        by,
        legalEntity: 'usmf',
      },
    });

  it('reach over any number of steps: one missing customer, and everything that hangs on it', async () => {
    const causes = await causesAmong(
      refused('ORD-1', 'US-099'),
      refused('ORD-2', 'US-099'),
      waits('P-1', 'projects', 'contracts ord-1'),
      waits('P-2', 'projects', 'contracts ord-2'),
      waits('L-1', 'lines', 'projects id-P-1', 'source'),
    );
    expect(causes).to.have.length(1);
    expect(causes[0]).to.deep.include({ count: 2, behind: 3, field: 'CustomerAccount', keys: ['ORD-1', 'ORD-2'] });
    expect(causes[0]?.message).to.include('US-099');
  });

  it('are two where two customers are missing', async () => {
    const causes = await causesAmong(refused('ORD-1', 'US-099'), refused('ORD-2', 'US-100'));
    expect(causes.map(({ count }) => count)).to.deep.equal([1, 1]);
  });

  it('are found also for records that were asked for without what keeps them back', async () => {
    const waiting = waits('P-1', 'projects', 'contracts ord-1');
    const [cause] = await causesOf(pages(waiting), () => pages(refused('ORD-1', 'US-099'), waiting));
    expect(cause).to.deep.include({ task: 'contracts', count: 0, behind: 1, keys: ['P-1'] });
  });

  it('name the row that is waited for where it is not held itself', async () => {
    const [cause, ...others] = await causesAmong(
      waits('P-1', 'projects', 'contracts ord-9'),
      waits('P-2', 'projects', 'contracts ord-9'),
    );
    expect(others).to.deep.equal([]);
    expect(cause?.waitsFor).to.include({ task: 'contracts', key: 'ord-9' });
    expect(cause).to.include({ count: 0, behind: 2 });
  });
});
