import type { Condition } from '@isthmus/core';
import { expect } from 'chai';
import { sampleOrder } from '../entities/metadata.test.fixture.js';
import { serverFilter } from './filter.js';

const filter = (...conditions: Condition[]) => serverFilter(sampleOrder, conditions);

describe('A filter for Dataverse', () => {
  it('joins conditions, each literal as its column wants it', () => {
    expect(
      filter(
        { path: 'msdyn_ordertype', is: 'eq', value: 192350001 },
        { path: 'name', is: 'eq', value: "O'Brien" },
        { path: 'ispricelocked', is: 'eq', value: false },
      ),
    ).to.deep.equal({
      text: "msdyn_ordertype eq 192350001 and name eq 'O''Brien' and ispricelocked eq false",
      exact: true,
    });
  });

  it('asks lookups for emptiness by their value', () => {
    expect(filter({ path: 'customerid', is: 'ne', value: null }).text).to.equal('_customerid_value ne null');
  });

  it('does not lose rows without a value where another value is asked for', () => {
    expect(filter({ path: 'msdyn_ordertype', is: 'ne', value: 1 }).text).to.equal(
      '(msdyn_ordertype ne 1 or msdyn_ordertype eq null)',
    );
  });

  it('follows lookups by their navigation property', () => {
    expect(
      filter({ path: 'msdyn_contractorganizationalunitid.msdyn_name', is: 'in', values: ['A', 'B'] }).text,
    ).to.equal(
      "(msdyn_ContractOrganizationalUnitId/msdyn_name eq 'A' or msdyn_ContractOrganizationalUnitId/msdyn_name eq 'B')",
    );
  });

  it('asks for the row behind a lookup by the value of the lookup, which needs no join', () => {
    const id = 'c0000000-0000-4000-8000-000000000001';
    const path = 'msdyn_contractorganizationalunitid.msdyn_organizationalunitid';
    expect(filter({ path, is: 'in', values: [id] })).to.deep.equal({
      text: `_msdyn_contractorganizationalunitid_value eq ${id}`,
      exact: true,
    });
  });

  it('leaves the last word to the reader where the service may find too much', () => {
    expect(filter({ path: 'name', is: 'eq', value: 'msdyn_estimateline' })).to.deep.equal({
      text: "name eq 'msdyn_estimateline'",
      exact: false,
    });
  });

  it('leaves everything to the reader where the service may find too little', () => {
    const wildcard: Condition = { path: 'name', is: 'ne', value: '100%' };
    const behindLookup: Condition = { path: 'customerid_account.name', is: 'eq', value: null };
    expect(filter(wildcard, behindLookup)).to.deep.equal({ text: undefined, exact: false });
  });
});
