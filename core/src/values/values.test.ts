import { expect } from 'chai';
import { canonicalDecimal, canonicalMoment, compilePath, dayAtNoon, dayFormatter, dayOf, startOfDay } from './index.js';

describe('Decimals', () => {
  it('have one spelling, and keep every digit', () => {
    const spellings: [string, string | undefined][] = [
      ['20000.0000', '20000'],
      ['0.10', '0.1'],
      ['-0.00', '0'],
      ['000123.4500', '123.45'],
      ['79228162514264337593543950335', '79228162514264337593543950335'],
      ['0.1234567890', '0.123456789'],
      ['1.5e3', '1500'],
      ['1.5E-3', '0.0015'],
      ['-2e0', '-2'],
      ['', undefined],
      ['1,5', undefined],
      ['NaN', undefined],
    ];
    for (const [text, canonical] of spellings) expect(canonicalDecimal(text), text).to.equal(canonical);
  });
});

describe('Dates', () => {
  it('keep their kind: a moment has one spelling in UTC', () => {
    expect(canonicalMoment('2026-03-01T10:00:00+02:00')).to.equal('2026-03-01T08:00:00Z');
    expect(canonicalMoment('2026-03-01T10:00:00.5Z')).to.equal('2026-03-01T10:00:00.500Z');
    expect(canonicalMoment('soon')).to.equal(undefined);
  });

  it('are the day they are where people entered them, also east of Greenwich', () => {
    expect(dayOf('2026-03-01T23:00:00Z', dayFormatter())).to.equal('2026-03-01');
    expect(dayOf('2026-03-01T23:00:00Z', dayFormatter('Europe/Berlin'))).to.equal('2026-03-02');
    expect(dayOf('2026-03-01', dayFormatter('Europe/Berlin'))).to.equal('2026-03-01');
    expect(dayOf('2026-13-01', dayFormatter())).to.equal(undefined);
  });
});

describe('A path', () => {
  it('follows lookups, and reads null where one of them points at nothing', () => {
    const row = { a: { b: { c: 7 } }, empty: null };
    const read = ['a.b.c', 'empty.b', 'a.x.y.z', 'a', 'nowhere'].map((path) => compilePath(path)(row));
    expect(read).to.deep.equal([7, null, null, null, null]);
  });
});

describe('A day', () => {
  it('begins at midnight where people are, also on the days when clocks change', () => {
    const starts = (zone: string) => (day: string) => startOfDay(day, dayFormatter(zone));
    expect(starts('UTC')('2026-03-01')).to.equal('2026-03-01T00:00:00Z');
    expect(['2026-03-01', '2026-03-29', '2026-03-30'].map(starts('Europe/Berlin'))).to.deep.equal([
      '2026-02-28T23:00:00Z',
      '2026-03-28T23:00:00Z',
      '2026-03-29T22:00:00Z',
    ]);
    expect(starts('Pacific/Kiritimati')('2026-03-01')).to.equal('2026-02-28T10:00:00Z');
    expect(starts('Asia/Kathmandu')('2026-03-01')).to.equal('2026-02-28T18:15:00Z');
    expect(starts('America/Los_Angeles')('2026-11-02')).to.equal('2026-11-02T08:00:00Z');
  });

  it('comes from F&O as noon, in every time zone; other moments do not', () => {
    expect(dayAtNoon('2026-03-01T12:00:00Z')).to.equal('2026-03-01');
    expect(dayAtNoon('2026-03-01T12:00:01Z')).to.equal(undefined);
  });
});
