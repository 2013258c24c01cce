import { keyText } from '@isthmus/core';
import { expect } from 'chai';
import { syncErrors } from '../errors.js';
import type { Decision } from './decide.js';
import { isolate, type Attempt } from './isolate.js';

const failure = syncErrors.WRITE_UNANSWERED({ operation: 'create' }, { place: { requestId: 'r-1' } });

const row = (name: string): Decision => {
  const key = { name };
  const record = { sourceId: name, source: key, mapped: key, legalEntity: '', keyValues: [name], key: keyText([name]) };
  return { record: { ...record, faults: [], hash: '' }, operation: { kind: 'create', key, fields: key } };
};
const rows = (count: number): Decision[] => Array.from({ length: count }, (_, i) => row(`r${i}`));
const faulty = (of: readonly Decision[]): string[] =>
  of.filter(({ record }) => record.faults.length > 0).map(({ record }) => record.sourceId);

/** A destination that fails over these rows, together with all that is sent with them. */
function failingOver(...names: string[]): { attempt: Attempt; sent: number[] } {
  const sent: number[] = [];
  const attempt: Attempt = (open) => {
    sent.push(open.length);
    const breaks = open.some(({ record }) => names.includes(record.sourceId));
    return Promise.resolve(breaks ? { open, failure } : undefined);
  };
  return { attempt, sent };
}

describe('Rows that are refused only together', () => {
  it('are halved until the one at fault stands alone, with what was said and the id of the request', async () => {
    const open = rows(64);
    const { attempt, sent } = failingOver('r41');
    await isolate({ open, failure }, attempt);
    expect(faulty(open)).to.deep.equal(['r41']);
    const [fault] = open[41]!.record.faults;
    expect(fault).to.deep.include({ code: 'RECORD_BREAKS_WRITE', place: { requestId: 'r-1' } });
    expect(fault?.message).to.include(failure.message);
    expect(sent.length).to.be.at.most(2 * Math.log2(64));
  });

  it('may have several at fault', async () => {
    const open = rows(50);
    await isolate({ open, failure }, failingOver('r0', 'r7', 'r30', 'r49').attempt);
    expect(faulty(open)).to.deep.equal(['r0', 'r7', 'r30', 'r49']);
  });

  it('are not to blame where nothing at all gets through: that ends it, soon', async () => {
    const open = rows(1000);
    const { attempt, sent } = failingOver(...open.map(({ record }) => record.sourceId));
    const thrown = await isolate({ open, failure }, attempt).catch((error: unknown) => error);
    expect(thrown).to.equal(failure);
    expect(sent.length).to.be.lessThan(20);
  });
});
