import type { Agreement, FieldMaster, FieldType, Value } from '@isthmus/core';
import { expect } from 'chai';
import { merge } from './merge.js';

interface Case {
  readonly master: FieldMaster;
  readonly last?: Agreement;
  readonly source: Value;
  readonly destination: Value;
  /** Without spelling: as the engine compares. */
  readonly differ?: boolean;
  readonly type?: FieldType;
}

/** Of one field that both sides may change. */
function merged({ master, last, source, destination, differ = source !== destination, type = 'text' }: Case) {
  const { changes, agreed, conflicts } = merge(
    { masters: new Map([['Name', master]]) },
    new Map([['Name', { type }]]),
    {
      mapped: { Name: source, Other: 1 },
      changes: { Other: 1, ...(differ ? { Name: source } : {}) },
      present: () => destination,
      agreed: last && { Name: last },
    },
  );
  expect(changes).to.include({ Other: 1 });
  return { written: changes['Name'], agreed: agreed['Name'], conflict: conflicts[0] };
}

const BEFORE = { source: 'old', destination: 'old' };
const MASTERS: readonly FieldMaster[] = ['source', 'destination', 'ask'];

describe('A field that both sides may change', () => {
  for (const master of MASTERS) {
    describe(`mastered by ${master}`, () => {
      it('is written where only the source has changed', () => {
        expect(merged({ master, last: BEFORE, source: 'new', destination: 'old' })).to.deep.equal({
          written: 'new',
          agreed: { source: 'new', destination: 'new' },
          conflict: undefined,
        });
      });

      it('is left alone where only the destination has changed, however often it is looked at', () => {
        const first = merged({ master, last: BEFORE, source: 'old', destination: 'new' });
        expect(first).to.deep.equal({ written: undefined, agreed: BEFORE, conflict: undefined });
        const last = first.agreed ?? {};
        expect(merged({ master, last, source: 'old', destination: 'new' })).to.deep.equal(first);
      });

      it('is in no conflict where both have changed to the same', () => {
        expect(merged({ master, last: BEFORE, source: 'new', destination: 'new' })).to.deep.equal({
          written: undefined,
          agreed: { source: 'new', destination: 'new' },
          conflict: undefined,
        });
      });

      it('has not changed where only the spelling differs', () => {
        const last = { source: '1.50', destination: '1.5' };
        const { written, conflict } = merged({ master, last, source: '2', destination: '1.5000', type: 'decimal' });
        expect([written, conflict]).to.deep.equal(['2', undefined]);
      });
    });
  }

  const BOTH = { last: BEFORE, source: 'ours', destination: 'theirs' };
  const conflict = { field: 'Name', last: 'old', source: 'ours', destination: 'theirs' };

  it('gets the value of its master where both have changed, and that is told', () => {
    expect(merged({ master: 'source', ...BOTH })).to.deep.equal({
      written: 'ours',
      agreed: { source: 'ours', destination: 'ours' },
      conflict: { ...conflict, kept: 'source' },
    });
    expect(merged({ master: 'destination', ...BOTH })).to.deep.equal({
      written: undefined,
      agreed: { source: 'ours', destination: 'theirs' },
      conflict: { ...conflict, kept: 'destination' },
    });
  });

  it('waits for a person where nobody masters it, and nothing is taken as agreed', () => {
    expect(merged({ master: 'ask', ...BOTH })).to.deep.equal({ written: undefined, agreed: BEFORE, conflict });
  });

  it('is a conflict too where the two were never the same', () => {
    const first = merged({ master: 'ask', source: 'ours', destination: 'theirs' });
    expect(first).to.deep.equal({
      written: undefined,
      agreed: undefined,
      conflict: { field: 'Name', source: 'ours', destination: 'theirs' },
    });
  });

  it('may differ once that was settled, until one side changes again', () => {
    const last = { source: 'ours', destination: 'theirs' };
    for (const master of MASTERS) {
      expect(merged({ master, last, source: 'ours', destination: 'theirs' })).to.deep.equal({
        written: undefined,
        agreed: last,
        conflict: undefined,
      });
      expect(merged({ master, last, source: 'again', destination: 'theirs' }).written).to.equal('again');
      expect(merged({ master, last, source: 'ours', destination: 'again' }).written).to.equal(undefined);
    }
  });
});
