import { expect } from 'chai';
import type { FieldDescription, FieldType } from '@isthmus/core';
import { differences } from './differences.js';

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

describe('What an update sends', () => {
  it('is only what differs', () => {
    const mapped = { Name: 'new', Rate: '1.5', Line: 3 };
    expect(differences(mapped, [], { Name: 'old', Rate: '1.5', Line: 3 }, FIELDS)).to.deep.equal({ Name: 'new' });
  });

  it('is nothing where only the spelling differs', () => {
    const mapped = { Rate: '1.5', Id: 'ab', Line: 3, At: '2026-03-01T00:00:00Z', Name: null };
    const present = { Rate: '1.5000', Id: 'AB', Line: '3', At: '2026-03-01T01:00:00+01:00', Name: '' };
    expect(differences(mapped, [], present, FIELDS)).to.deep.equal({});
  });

  it('leaves the key alone, and what the destination cannot hold as null', () => {
    const fields = new Map<string, FieldDescription>([
      ['Id', { name: 'Id', type: 'text', required: true, readOnly: false }],
      ['Count', { name: 'Count', type: 'integer', required: false, readOnly: false, whenNull: 'zero' }],
      ['Kind', { name: 'Kind', type: 'enum', required: false, readOnly: false, whenNull: 'kept' }],
    ]);
    const mapped = { Id: 'ord-1', Count: null, Kind: null };
    expect(differences(mapped, ['Id'], { Id: 'ORD-1', Count: 0, Kind: 'First' }, fields)).to.deep.equal({});
    expect(differences(mapped, ['Id'], { Id: 'ORD-1', Count: 7, Kind: 'First' }, fields)).to.deep.equal({
      Count: null,
    });
  });

  it('includes a value that must be emptied, and minds the case of texts', () => {
    expect(differences({ Name: null }, [], { Name: 'x' }, FIELDS)).to.deep.equal({ Name: null });
    expect(differences({ Name: 'X' }, [], { Name: 'x' }, FIELDS)).to.deep.equal({ Name: 'X' });
  });
});
