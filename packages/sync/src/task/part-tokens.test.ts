import { expect } from 'chai';
import { joinTokens, tokenOf } from './part-tokens.js';
import { idIn, isPartOf, sourceIdOf } from './source-id.js';

describe('A task that takes legal entities one after the other', () => {
  it('keeps the token of each in its one checkpoint', () => {
    const token = joinTokens(new Map(Object.entries({ usmf: '2026-03-01T09:55:00Z', ussi: 'x' })));
    expect(['usmf', 'ussi', 'demf'].map((legalEntity) => tokenOf(token, legalEntity))).to.deep.equal([
      '2026-03-01T09:55:00Z',
      'x',
      undefined,
    ]);
  });

  it('has none where no source gives one, and leaves that of a task without parts as it is', () => {
    expect(joinTokens(new Map())).to.equal(undefined);
    expect(tokenOf(undefined, 'usmf')).to.equal(undefined);
    expect(tokenOf('delta-1', undefined)).to.equal('delta-1');
  });

  it('knows its rows by legal entity and key', () => {
    const [usmf, whole] = [{ legalEntity: 'usmf' }, {}];
    expect(sourceIdOf(usmf, 'A/B')).to.equal('usmf/A/B');
    expect(idIn(usmf, 'usmf/A/B')).to.equal('A/B');
    expect([isPartOf(usmf, 'usmf/A'), isPartOf(usmf, 'ussi/A'), isPartOf(whole, 'anything')]).to.deep.equal([
      true,
      false,
      true,
    ]);
    expect([sourceIdOf(whole, 7), idIn(whole, '7')]).to.deep.equal(['7', '7']);
  });
});
