import { expect } from 'chai';
import { descriptionOf } from './describe.js';
import { Entities } from './entities.js';
import { sampleMetadata, sampleProject } from './metadata.test.fixture.js';

const entities = (collections = {}): Entities => new Entities(async () => sampleMetadata, collections);

describe('An entity of Finance & Operations', () => {
  it('is described from the metadata, its key without the legal entity', () => {
    const { entity, set, key, perLegalEntity, changeTracking, lookups } = descriptionOf(sampleProject);
    expect({ entity, set, key, perLegalEntity, changeTracking }).to.deep.equal({
      entity: 'ProjCDSProjectEntity',
      set: 'ProjCDSProjects',
      key: ['ProjectID'],
      perLegalEntity: true,
      changeTracking: false,
    });
    expect([...lookups]).to.deep.equal([['CustomerGroup', ['CustomerGroups']]]);
  });

  it('requires its key, tells lengths and symbols, and says what is read-only', () => {
    const { fields } = descriptionOf(sampleProject);
    expect(fields.get('ProjectID')).to.deep.equal({
      name: 'ProjectID',
      type: 'text',
      maxLength: 20,
      required: true,
      readOnly: false,
    });
    expect(fields.get('dataAreaId')?.required).to.equal(false);
    expect(fields.get('ProjectType')?.members).to.deep.equal(['TimeMaterial', 'FixedPrice']);
    expect(fields.get('RecId')?.readOnly).to.equal(true);
    expect(fields.has('Picture')).to.equal(false);
  });

  it('is found by its collection, by its name, and where the connection says it is', async () => {
    expect((await entities().get('ProjCDSProjects')).set).to.equal('ProjCDSProjects');
    expect((await entities().get('ProjCDSProjectEntity')).set).to.equal('ProjCDSProjects');
    expect((await entities({ CustGroupEntity: 'CustomerGroups' }).get('CustGroupEntity')).set).to.equal(
      'CustomerGroups',
    );
  });

  it('that is not there is an error that names the nearest collection', async () => {
    expect(await entities().find('ProjCDSProjctEntity')).to.equal(undefined);
    const thrown = await entities()
      .get('ProjCDSProjctEntity')
      .catch((error: unknown) => error);
    expect(thrown).to.have.property('code', 'FINOPS_ENTITY_UNKNOWN');
    expect(thrown).to.have.property('message').that.contains("the nearest name is 'ProjCDSProjects'");
  });
});
