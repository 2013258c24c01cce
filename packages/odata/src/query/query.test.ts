import type { Value } from '@isthmus/core';
import { expect } from 'chai';
import { failureOf } from '../fixture/service.test.util.js';
import { divide, entityPath, keyCondition, literal, queryString } from './index.js';

describe('A query string', () => {
  it('is empty where nothing is asked for', () => {
    expect(queryString({})).to.equal('');
    expect(queryString({ select: [], expand: [], filter: '' })).to.equal('');
  });

  it('keeps OData readable and escapes the rest', () => {
    const query = queryString({
      select: ['name', 'accountnumber'],
      filter: `name eq ${literal.text("O'Bryan & Söhne + 50% #1?")}`,
      orderby: 'name desc',
      top: 10,
      count: true,
      custom: { 'cross-company': 'true' },
    });
    expect(query).to.equal(
      "?$select=name,accountnumber&$filter=name%20eq%20'O''Bryan%20%26%20S%C3%B6hne%20%2B%2050%25%20%231%3F'" +
        '&$orderby=name%20desc&$top=10&$count=true&cross-company=true',
    );
  });

  it('is read by a URL parser as it was meant', () => {
    const filter = 'a eq \'x&y=z\' and b gt 2026-03-01T09:00:00+02:00 and c eq "tab\t"';
    expect(new URL(`http://h/s${queryString({ filter, top: 1 })}`).searchParams.get('$filter')).to.equal(filter);
  });

  it('nests expands with semicolons', () => {
    const query = queryString({
      expand: [
        { navigation: 'ownerid' },
        {
          navigation: 'msdyn_Project',
          select: ['msdyn_subject'],
          expand: [{ navigation: 'customer', select: ['a', 'b'], filter: 'x eq 1' }],
        },
      ],
    });
    expect(query).to.equal(
      '?$expand=ownerid,msdyn_Project($select=msdyn_subject;$expand=customer($select=a,b;$filter=x%20eq%201))',
    );
  });

  it('survives half a character', () => {
    expect(queryString({ filter: `name eq '\uD83D'` })).to.equal("?$filter=name%20eq%20'%EF%BF%BD'");
  });
});

describe('A literal', () => {
  it('is written as its type wants it', () => {
    expect(literal.text("O'Bryan")).to.equal("'O''Bryan'");
    expect(literal.guid('5C1E0C8A-0000-4000-8000-0000000000AB')).to.equal('5c1e0c8a-0000-4000-8000-0000000000ab');
    expect(literal.decimal('20000.0000')).to.equal('20000.0000');
    expect(literal.integer(-7)).to.equal('-7');
    expect(literal.boolean(true)).to.equal('true');
    expect(literal.date('2026-03-01')).to.equal('2026-03-01');
    expect(literal.moment('2026-03-01T09:00:00Z')).to.equal('2026-03-01T09:00:00Z');
    expect(literal.enum('Microsoft.Dynamics.DataEntities.NoYes', 'Yes')).to.equal(
      "Microsoft.Dynamics.DataEntities.NoYes'Yes'",
    );
    expect(literal.null).to.equal('null');
  });

  it('never lets a value become part of the query', async () => {
    const wrong = [
      () => literal.guid("x' or 1 eq 1"),
      () => literal.decimal('1 or true'),
      () => literal.integer(1.5),
      () => literal.date('2026-13-01'),
      () => literal.moment('yesterday'),
    ];
    for (const make of wrong) {
      const failure = await failureOf(Promise.resolve().then(make));
      expect(failure).to.include({ code: 'ODATA_LITERAL_INVALID', recovery: 'quarantine' });
    }
  });
});

describe('The path of an entity', () => {
  it('takes one key alone or several by name, whatever is in them', () => {
    expect(entityPath('accounts', literal.guid('5c1e0c8a-0000-4000-8000-0000000000ab'))).to.equal(
      'accounts(5c1e0c8a-0000-4000-8000-0000000000ab)',
    );
    const key = { dataAreaId: literal.text('usmf'), CustomerGroupId: literal.text("A/1 'b'") };
    expect(entityPath('CustomerGroups', key)).to.equal(
      "CustomerGroups(dataAreaId='usmf',CustomerGroupId='A%2F1%20''b''')",
    );
  });
});

describe('A key in a filter', () => {
  const number = { name: 'number', literal: (value: Value) => literal.text(String(value)) };
  const id = { name: 'id', literal: (value: Value) => (value === null ? undefined : literal.guid(String(value))) };
  const guid = '00000000-0000-0000-0000-000000000001';

  it('is one test, or several in brackets', () => {
    expect(keyCondition([number], ['A'])).to.equal("number eq 'A'");
    expect(keyCondition([number, id], ['A', guid])).to.equal(`(number eq 'A' and id eq ${guid})`);
  });

  it('is left out where no row can have it', () => {
    expect(keyCondition([number, id], ['A', 'no id'])).to.equal(undefined);
    expect(keyCondition([number, id], ['A', null])).to.equal(undefined);
  });
});

describe('What belongs into filters', () => {
  it('is divided by count and by length, in order', () => {
    expect(divide(['a', 'b', 'c'], { count: 2, length: 100 })).to.deep.equal([['a', 'b'], ['c']]);
    expect(divide(['aaa', 'bb', 'c'], { count: 100, length: 5 })).to.deep.equal([['aaa', 'bb'], ['c']]);
    expect(divide(['a', 'b'], { count: 100, length: 5, lengthOf: () => 3 })).to.deep.equal([['a'], ['b']]);
  });

  it('stands alone where it is too long, and is never dropped', () => {
    expect(divide(['a', 'too long', 'b'], { count: 9, length: 4 })).to.deep.equal([['a'], ['too long'], ['b']]);
    expect(divide(['too long'], { count: 9, length: 4 })).to.deep.equal([['too long']]);
    expect(divide([], { count: 9, length: 4 })).to.deep.equal([]);
  });
});
