import { expect } from 'chai';
import { sampleLine, sampleOrder } from '../entities/metadata.test.fixture.js';
import { rowReader } from './row-reader.js';
import { columnsOf, countLookups, expandsOf, selectionOf } from './selection.js';

describe('What is asked of Dataverse', () => {
  it('is the primary key and exactly the columns that the paths name', () => {
    const selection = selectionOf(sampleOrder, [
      'ordernumber',
      '_customerid_value',
      'msdyn_contractorganizationalunitid',
    ]);
    expect(columnsOf(selection)).to.deep.equal([
      'salesorderid',
      'ordernumber',
      '_customerid_value',
      '_msdyn_contractorganizationalunitid_value',
    ]);
    expect(expandsOf(selection)).to.deep.equal([]);
  });

  it('follows lookups by attribute, by navigation property and several deep', () => {
    const paths = [
      'salesorderid.msdyn_contractorganizationalunitid.msdyn_name',
      'salesorderid.customerid_account.accountnumber',
    ];
    const selection = selectionOf(sampleLine, paths);
    expect(countLookups(selection)).to.equal(3);
    expect(expandsOf(selection)).to.deep.equal([
      {
        navigation: 'salesorderid',
        select: ['salesorderid', '_msdyn_contractorganizationalunitid_value'],
        expand: [
          {
            navigation: 'msdyn_ContractOrganizationalUnitId',
            select: ['msdyn_organizationalunitid', 'msdyn_name'],
            expand: [],
          },
          { navigation: 'customerid_account', select: ['accountid', 'accountnumber'], expand: [] },
        ],
      },
    ]);
  });

  it('comes back nested under the names that the paths give the lookups', () => {
    const read = rowReader(selectionOf(sampleOrder, ['name', 'MSDYN_contractorganizationalunitid.msdyn_name']));
    const unit = { '@odata.etag': 'W/"1"', msdyn_organizationalunitid: 'u', msdyn_name: 'Contoso US' };
    expect(
      read({ '@odata.etag': 'W/"2"', salesorderid: 'o', name: null, msdyn_ContractOrganizationalUnitId: unit }),
    ).to.deep.equal({
      name: null,
      MSDYN_contractorganizationalunitid: { msdyn_name: 'Contoso US' },
    });
  });

  const wrong: readonly [what: string, paths: string[], code: string, hint: string][] = [
    ['an unknown column', ['ordernumbr'], 'DATAVERSE_FIELD_UNKNOWN', "'ordernumber'"],
    ['an unknown lookup', ['customerid_acount.name'], 'DATAVERSE_LOOKUP_UNKNOWN', "'customerid_account'"],
    ['a lookup that may point at several tables', ['customerid.name'], 'DATAVERSE_LOOKUP_AMBIGUOUS', 'customerid'],
    [
      'a lookup both as value and as row',
      ['customerid_account', 'customerid_account.name'],
      'DATAVERSE_LOOKUP_TWICE',
      'customerid_account',
    ],
    ['a collection', ['order_details.quantity'], 'DATAVERSE_LOOKUP_UNKNOWN', 'order_details'],
  ];
  for (const [what, paths, code, hint] of wrong) {
    it(`cannot be ${what}`, () => {
      expect(() => selectionOf(sampleOrder, paths))
        .to.throw(hint)
        .with.property('code', code);
    });
  }
});
