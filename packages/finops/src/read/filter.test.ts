import type { Condition } from '@isthmus/core';
import { expect } from 'chai';
import { sampleProject } from '../entities/metadata.test.fixture.js';
import { serverFilter } from './filter.js';

const filter = (...conditions: Condition[]) => serverFilter(sampleProject, conditions);

describe('A filter for Finance & Operations', () => {
  it('joins conditions and the legal entity, in lower case', () => {
    const conditions: Condition[] = [{ path: 'ProjectName', is: 'eq', value: "O'Brien" }];
    expect(serverFilter(sampleProject, conditions, 'USMF')).to.deep.equal({
      text: "dataAreaId eq 'usmf' and ProjectName eq 'O''Brien'",
      complete: true,
    });
  });

  it('is nothing where nothing is asked', () => {
    expect(filter()).to.deep.equal({ text: undefined, complete: true });
  });

  it('spells lists out, as the service has no `in`, and enums with their type', () => {
    const type = 'Microsoft.Dynamics.DataEntities.ProjType';
    expect(filter({ path: 'ProjectType', is: 'in', values: ['TimeMaterial', 'FixedPrice'] }).text).to.equal(
      `(ProjectType eq ${type}'TimeMaterial' or ProjectType eq ${type}'FixedPrice')`,
    );
  });

  it('asks for empty texts by the empty text', () => {
    expect(filter({ path: 'ProjectName', is: 'ne', value: null }).text).to.equal("ProjectName ne ''");
  });

  it('follows one lookup', () => {
    expect(filter({ path: 'customergroup.PaymentTermId', is: 'eq', value: 'Net30' }).text).to.equal(
      "CustomerGroup/PaymentTermId eq 'Net30'",
    );
  });

  it('leaves to the reader what the service would take for something else', () => {
    expect(filter({ path: 'ProjectName', is: 'eq', value: '5 * 3' })).to.deep.equal({
      text: undefined,
      complete: false,
    });
    expect(filter({ path: 'StartDate', is: 'eq', value: null })).to.deep.equal({ text: undefined, complete: false });
  });

  it('names the nearest field where one is unknown', () => {
    expect(() => filter({ path: 'ProjectNam', is: 'eq', value: 'x' }))
      .to.throw("the nearest name is 'ProjectName'")
      .with.property('code', 'FINOPS_FIELD_UNKNOWN');
  });
});
