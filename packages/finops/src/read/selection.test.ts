import { expect } from 'chai';
import { sampleProject } from '../entities/metadata.test.fixture.js';
import { queryOf, rowReader, selectionOf } from './selection.js';

describe('What is asked of Finance & Operations', () => {
  it('is the key and exactly the fields that the paths name', () => {
    expect(queryOf(selectionOf(sampleProject, ['ProjectName', 'CustomerGroup.PaymentTermId']))).to.deep.equal({
      select: ['dataAreaId', 'ProjectID', 'ProjectName'],
      expand: [{ navigation: 'CustomerGroup', select: ['PaymentTermId'] }],
    });
  });

  it('comes back with followed rows under the names that the paths give them', () => {
    const read = rowReader(selectionOf(sampleProject, ['ProjectName', 'customerGroup.PaymentTermId']));
    const key = { dataAreaId: 'usmf', ProjectID: 'P1' };
    expect(read({ ...key, ProjectName: '', CustomerGroup: { PaymentTermId: 'Net30' } })).to.deep.equal({
      ...key,
      ProjectName: null,
      customerGroup: { PaymentTermId: 'Net30' },
    });
    expect(read({ ...key, ProjectName: 'Bridge', CustomerGroup: null })).to.have.property('customerGroup', null);
  });

  it('cannot follow more than one lookup', () => {
    expect(() => selectionOf(sampleProject, ['CustomerGroup.PaymentTerm.Days']))
      .to.throw()
      .with.property('code', 'FINOPS_PATH_TOO_LONG');
  });

  it('cannot follow a lookup that is not there, or that leads to many rows', () => {
    for (const path of ['CustomerGrup.PaymentTermId', 'Tasks.Name']) {
      expect(() => selectionOf(sampleProject, [path]))
        .to.throw()
        .with.property('code', 'FINOPS_LOOKUP_UNKNOWN');
    }
  });
});
