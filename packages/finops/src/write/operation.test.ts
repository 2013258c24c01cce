import type { WriteOperation } from '@isthmus/core';
import { expect } from 'chai';
import { sampleProject } from '../entities/metadata.test.fixture.js';
import { operationEncoder } from './operation.js';

const encode = operationEncoder(sampleProject, undefined);

const operation = (kind: WriteOperation['kind'], more: Partial<WriteOperation> = {}): WriteOperation => ({
  kind,
  legalEntity: 'USMF',
  key: { ProjectID: "P'1" },
  fields: { ProjectID: "P'1", ProjectName: 'Bridge', StartDate: '2026-03-01', Amount: '20000.0000' },
  ...more,
});

describe('A write to Finance & Operations', () => {
  it('creates by POST, in the legal entity', () => {
    expect(encode(operation('create'))).to.deep.equal({
      method: 'POST',
      path: 'ProjCDSProjects',
      body:
        '{"dataAreaId":"usmf","ProjectID":"P\'1","ProjectName":"Bridge",' +
        '"StartDate":"2026-03-01T12:00:00Z","Amount":"20000.0000"}',
    });
  });

  it('updates by PATCH with the full key, across companies, and leaves the key out of the body', () => {
    const { method, path, body } = encode(operation('update', { fields: { ProjectID: "P'1", ProjectName: null } }));
    expect({ method, body }).to.deep.equal({ method: 'PATCH', body: '{"ProjectName":""}' });
    expect(decodeURIComponent(path)).to.equal("ProjCDSProjects(dataAreaId='usmf',ProjectID='P''1')?cross-company=true");
  });

  it('deletes by the full key', () => {
    const { method, path, body } = encode(operation('delete', { fields: {} }));
    expect({ method, body }).to.deep.equal({ method: 'DELETE', body: undefined });
    expect(path).to.match(/^ProjCDSProjects\(dataAreaId=.*\?cross-company=true$/);
  });

  it('leaves an empty key field to its number sequence', () => {
    const { body } = encode(operation('create', { fields: { ProjectID: null, ProjectName: 'Bridge' } }));
    expect(body).to.equal('{"dataAreaId":"usmf","ProjectName":"Bridge"}');
  });

  it('goes to the default legal entity where the operation names none', () => {
    const encodeByDefault = operationEncoder(sampleProject, 'ussi');
    expect(encodeByDefault({ kind: 'create', key: {}, fields: { ProjectID: 'P1' } }).body).to.equal(
      '{"dataAreaId":"ussi","ProjectID":"P1"}',
    );
  });

  it('is refused where there is no legal entity at all', () => {
    expect(() => encode({ kind: 'create', key: {}, fields: { ProjectID: 'P1' } }))
      .to.throw()
      .with.property('code', 'FINOPS_LEGAL_ENTITY_MISSING');
  });

  it('is refused where the key is incomplete', () => {
    expect(() => encode(operation('update', { key: {} })))
      .to.throw()
      .with.property('code', 'FINOPS_KEY_INCOMPLETE');
  });

  it('is refused where a field is unknown, with the nearest name', () => {
    expect(() => encode(operation('create', { fields: { PROJECTNAME: 'Bridge' } })))
      .to.throw("the nearest name is 'ProjectName'")
      .with.property('code', 'FINOPS_FIELD_UNKNOWN');
  });
});
