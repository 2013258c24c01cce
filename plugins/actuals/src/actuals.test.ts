import { parametersOf } from '@isthmus/core';
import { expect } from 'chai';
import { validateSync } from 'class-validator';
import { ActualsParameters } from './parameters.js';

const faultsOf = (changes: Partial<Record<keyof ActualsParameters, unknown>>): string[] =>
  validateSync(Object.assign(new ActualsParameters(), changes)).map(({ property }) => property);

describe('The parameters of actuals', () => {
  it('are sound as they come, and each says what it is for', () => {
    expect(faultsOf({})).to.deep.equal([]);
    for (const { name, doc } of parametersOf(ActualsParameters)) expect(doc, name).to.match(/\.$/);
  });

  it('neither import nor post unless asked to', () => {
    expect(new ActualsParameters()).to.include({ importFromStaging: false, post: false });
  });

  it('refuse what could not be meant', () => {
    expect(faultsOf({ resourcingUnits: ['Contoso US', 'Contoso US'] })).to.deep.equal(['resourcingUnits']);
    expect(faultsOf({ resourcingUnits: [7] })).to.deep.equal(['resourcingUnits']);
    expect(faultsOf({ journalPeriod: 'Weeks' })).to.deep.equal(['journalPeriod']);
    expect(faultsOf({ importAction: 'importFromStagingTable' })).to.deep.equal(['importAction']);
    expect(faultsOf({ post: 'yes' })).to.deep.equal(['post']);
  });
});
