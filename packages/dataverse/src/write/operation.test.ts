import type { DestinationRow, WriteOperation } from '@isthmus/core';
import type { BatchOperation } from '@isthmus/odata';
import { expect } from 'chai';
import { sampleOrder } from '../entities/metadata.test.fixture.js';
import { membersWriter } from './body.js';
import { toRequest } from './operation.js';

const id = '0a1b2c3d-0000-0000-0000-000000000001';
const members = membersWriter(sampleOrder);

const request = (kind: WriteOperation['kind'], fields: DestinationRow, key: DestinationRow = {}): BatchOperation =>
  toRequest(sampleOrder, { kind, key, fields }, members, () => 'salesorders(…)');

const body = (fields: DestinationRow): unknown => JSON.parse(request('create', fields).body ?? '');

describe('A write to Dataverse', () => {
  it('keeps the digits of decimals and leaves whole numbers bare', () => {
    expect(request('create', { totalamount: '20000.0000', msdyn_ordertype: 192350001, name: null })).to.deep.equal({
      method: 'POST',
      path: 'salesorders',
      body: '{"totalamount":"20000.0000","msdyn_ordertype":192350001,"name":null}',
    });
  });

  it('points a lookup at a row by id, through the navigation property of the metadata', () => {
    expect(body({ msdyn_contractorganizationalunitid: id })).to.deep.equal({
      'msdyn_ContractOrganizationalUnitId@odata.bind': `/msdyn_organizationalunits(${id})`,
    });
  });

  it('points a lookup at a row by the one alternate key of the other table', () => {
    const { 'customerid_account@odata.bind': address } = body({ customerid_account: "A'1 & B" }) as Record<
      string,
      string
    >;
    expect(decodeURIComponent(address ?? '')).to.equal("/accounts(accountnumber='A''1 & B')");
  });

  it('empties a lookup', () => {
    expect(body({ customerid_account: null })).to.deep.equal({ 'customerid_account@odata.bind': null });
  });

  it('cannot guess which table a polymorphic lookup means, nor find a row without a key', () => {
    expect(() => body({ customerid: id }))
      .to.throw()
      .with.property('code', 'DATAVERSE_LOOKUP_AMBIGUOUS');
    expect(() => body({ customerid_contact: 'Ann' }))
      .to.throw()
      .with.property('code', 'DATAVERSE_LOOKUP_VALUE_UNUSABLE');
  });

  it('changes a row only if it is there, and leaves its key out', () => {
    expect(request('update', { ordernumber: 'A', name: 'Bridge' }, { ordernumber: 'A' })).to.deep.equal({
      method: 'PATCH',
      path: 'salesorders(…)',
      headers: { 'If-Match': '*' },
      body: '{"name":"Bridge"}',
    });
  });
});
