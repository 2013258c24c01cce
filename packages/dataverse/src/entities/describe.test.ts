import { expect } from 'chai';
import { descriptionOf } from './describe.js';
import { findEntity, getEntity } from './entities.js';
import { sampleMetadata, sampleOrder } from './metadata.test.fixture.js';

describe('A table of Dataverse', () => {
  it('is described from the metadata', () => {
    const { entity, set, key, perLegalEntity, changeTracking } = descriptionOf(sampleOrder);
    expect({ entity, set, key, perLegalEntity, changeTracking }).to.deep.equal({
      entity: 'salesorders',
      set: 'salesorders',
      key: ['salesorderid'],
      perLegalEntity: false,
      changeTracking: true,
    });
  });

  it('tells where its lookups lead, by attribute and by navigation property', () => {
    expect(Object.fromEntries(descriptionOf(sampleOrder).lookups)).to.deep.equal({
      customerid: ['accounts', 'contacts'],
      customerid_account: ['accounts'],
      customerid_contact: ['contacts'],
      msdyn_contractorganizationalunitid: ['msdyn_organizationalunits'],
      msdyn_ContractOrganizationalUnitId: ['msdyn_organizationalunits'],
    });
  });

  it('tells types and lengths, and what is required or read-only', () => {
    const { fields } = descriptionOf(sampleOrder);
    expect(fields.get('ordernumber')).to.deep.equal({
      name: 'ordernumber',
      type: 'text',
      maxLength: 100,
      required: true,
      readOnly: false,
    });
    expect(fields.get('salesorderid')?.required).to.equal(false);
    expect(fields.get('requestdeliveryby')?.type).to.equal('date');
    for (const name of ['versionnumber', 'createdon', '_customerid_value']) {
      expect(fields.get(name)?.readOnly, name).to.equal(true);
    }
    expect(fields.get('customerid')).to.include({ type: 'guid', readOnly: false });
    expect(fields.has('entityimage')).to.equal(false);
  });

  it('that is not there is an error that names the nearest', () => {
    expect(findEntity(sampleMetadata, 'salesorder')).to.equal(undefined);
    expect(() => getEntity(sampleMetadata, 'salesorder'))
      .to.throw("the nearest name is 'salesorders'")
      .with.property('code', 'DATAVERSE_ENTITY_UNKNOWN');
  });
});
