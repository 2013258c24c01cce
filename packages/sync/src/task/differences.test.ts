import { expect } from 'chai';
import type { FieldDescription, FieldType } from '@isthmus/core';
import { differences, type Comparison } from './differences.js';

const field = (name: string, type: FieldType): [string, FieldDescription] => [
  name,
  { name, type, required: false, readOnly: false },
];

const FIELDS = new Map([
  field('Rate', 'decimal'),
  field('Name', 'text'),
  field('Id', 'guid'),
  field('Line', 'integer'),
  field('At', 'dateTime'),
]);

const by = (more: Partial<Comparison> = {}): Comparison => ({
  key: [],
  present: (_field, value) => value,
  zeroMayBeNothing: new Set(),
  links: new Set(),
  master: undefined,
  masters: new Map(),
  ...more,
});

describe('What an update sends', () => {
  it('is only what differs', () => {
    const mapped = { Name: 'new', Rate: '1.5', Line: 3 };
    expect(differences(mapped, { Name: 'old', Rate: '1.5', Line: 3 }, by(), FIELDS)).to.deep.equal({ Name: 'new' });
  });

  it('is nothing where only the spelling differs', () => {
    const mapped = { Rate: '1.5', Id: 'ab', Line: 3, At: '2026-03-01T00:00:00Z', Name: null };
    const present = { Rate: '1.5000', Id: 'AB', Line: '3', At: '2026-03-01T01:00:00+01:00', Name: '' };
    expect(differences(mapped, present, by(), FIELDS)).to.deep.equal({});
  });

  it('leaves the key alone, and what the destination cannot hold as null', () => {
    const fields = new Map<string, FieldDescription>([
      ['Id', { name: 'Id', type: 'text', required: true, readOnly: false }],
      ['Count', { name: 'Count', type: 'integer', required: false, readOnly: false, whenNull: 'zero' }],
      ['Kind', { name: 'Kind', type: 'enum', required: false, readOnly: false, whenNull: 'kept' }],
    ]);
    const mapped = { Id: 'ord-1', Count: null, Kind: null };
    expect(differences(mapped, { Id: 'ORD-1', Count: 0, Kind: 'First' }, by({ key: ['Id'] }), fields)).to.deep.equal(
      {},
    );
    expect(differences(mapped, { Id: 'ORD-1', Count: 7, Kind: 'First' }, by({ key: ['Id'] }), fields)).to.deep.equal({
      Count: null,
    });
  });

  it('includes a value that must be emptied, and minds the case of texts', () => {
    expect(differences({ Name: null }, { Name: 'x' }, by(), FIELDS)).to.deep.equal({ Name: null });
    expect(differences({ Name: 'X' }, { Name: 'x' }, by(), FIELDS)).to.deep.equal({ Name: 'X' });
  });

  it('is nothing for a 0 that stands for nothing, where nothing is what the destination holds', () => {
    const zero = by({ zeroMayBeNothing: new Set(['Rate']) });
    expect(differences({ Rate: '0.00' }, { Rate: null }, zero, FIELDS)).to.deep.equal({});
    expect(differences({ Rate: '0.00' }, { Rate: '5' }, zero, FIELDS)).to.deep.equal({ Rate: '0.00' });
    expect(differences({ Rate: '0' }, { Rate: null }, by(), FIELDS)).to.deep.equal({ Rate: '0' });
  });

  it('is only what ties the rows together, where the values of the destination hold', () => {
    const changes = { Name: 'new', Id: 'cd' };
    const present = { Name: 'old', Id: 'ab' };
    const links = new Set(['Id']);
    expect(differences(changes, present, by({ master: 'destination', links }), FIELDS)).to.deep.equal({ Id: 'cd' });
    expect(differences(changes, present, by({ master: 'source', links }), FIELDS)).to.deep.equal(changes);
  });
});
