import { expect } from 'chai';
import { publicCollectionOf } from './collection-name.js';

describe('publicCollectionOf', () => {
  const expected = {
    ProjCDSProjectContractEntity: 'ProjCDSProjectContracts',
    ProjCDSProjectEntity: 'ProjCDSProjects',
    ProjCDSContractLineImportEntity: 'ProjCDSContractLineImports',
    ProjCDSContractLineMilestoneImportEntity: 'ProjCDSContractLineMilestoneImports',
    ProjCDSCategoryEntity: 'ProjCDSCategories',
    ProjCDSEstimateHoursEntity: 'ProjCDSEstimateHours',
    ProjCDSParameters: 'ProjCDSParameters',
  };
  for (const [entity, collection] of Object.entries(expected)) {
    it(`finds ${entity} under ${collection}`, () => {
      expect(publicCollectionOf(entity)).to.equal(collection);
    });
  }
});
