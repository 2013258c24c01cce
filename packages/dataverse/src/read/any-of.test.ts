import { expect } from 'chai';
import { sampleOrder } from '../entities/metadata.test.fixture.js';
import { anyOf } from './any-of.js';

const ids = (count: number): string[][] =>
  Array.from({ length: count }, (_, i) => [`00000000-0000-0000-0000-${String(i).padStart(12, '0')}`]);

describe('Looking up many keys in Dataverse', () => {
  it('asks for a list of plain values at once', () => {
    expect(anyOf(sampleOrder, ['ordernumber'], [['ORD-01000-ABCDEF'], ['ORD-01001-ABCDEF']])).to.deep.equal([
      `Microsoft.Dynamics.CRM.In(PropertyName='ordernumber',PropertyValues=["ORD-01000-ABCDEF","ORD-01001-ABCDEF"])`,
    ]);
  });

  it('compares one by one where a value has characters with a meaning', () => {
    expect(anyOf(sampleOrder, ['ordernumber'], [[`O'Brien "7"`], ['plain']])).to.deep.equal([
      `Microsoft.Dynamics.CRM.In(PropertyName='ordernumber',PropertyValues=["plain"])`,
      `ordernumber eq 'O''Brien "7"'`,
    ]);
  });

  it('asks for keys of several columns together', () => {
    expect(
      anyOf(
        sampleOrder,
        ['ordernumber', 'msdyn_ordertype'],
        [
          ['A', 1],
          ['B', null],
        ],
      ),
    ).to.deep.equal([
      "(ordernumber eq 'A' and msdyn_ordertype eq 1) or (ordernumber eq 'B' and msdyn_ordertype eq null)",
    ]);
  });

  it('keeps every question short enough for a URL', () => {
    const filters = anyOf(sampleOrder, ['salesorderid'], ids(2000));
    expect(filters.length).to.be.greaterThan(1);
    for (const filter of filters) expect(encodeURI(filter).length).to.be.lessThan(30_000);
    expect(filters.join().match(/00000000-/g)).to.have.length(2000);
  });

  it('keeps questions in other scripts short enough too', () => {
    const values = Array.from({ length: 300 }, (_, i) => [`契約番号のとても長い名前 ${i}`]);
    for (const filter of anyOf(sampleOrder, ['ordernumber'], values)) {
      expect(encodeURI(filter).length).to.be.lessThan(30_000);
    }
  });

  it('leaves out what no row can have', () => {
    expect(anyOf(sampleOrder, ['salesorderid', 'name'], [['no id', 'x']])).to.deep.equal([]);
  });
});
