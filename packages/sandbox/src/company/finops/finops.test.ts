import { expect } from 'chai';
import { awkwardRows, sampleCompany, type Company, type Row } from '../index.js';

const rows = (company: Company, set: string): Row[] => [...company.finops.get(set)!()];

describe("the sample company's Finance & Operations", () => {
  const company = sampleCompany({ seed: 1, scale: 1 });
  const legalEntities = ['usmf', 'ussi'];

  it('has the two legal entities, in lower case', () => {
    expect(rows(company, 'LegalEntities').map((row) => row['LegalEntityId'])).to.have.members(legalEntities);
  });

  it('knows every account and contact of PSA as a customer of both legal entities, but for the newcomer', () => {
    const newcomer = awkwardRows.find(({ set }) => set === 'accounts')!.id;
    const numbers = [...company.psa.get('accounts')!(), ...company.psa.get('contacts')!()]
      .filter((row) => row['accountid'] !== newcomer)
      .map((row) => String(row['accountnumber']));
    for (const legalEntity of legalEntities) {
      const customers = rows(company, 'CustomersV3').filter((row) => row['dataAreaId'] === legalEntity);
      expect(customers.map((row) => row['CustomerAccount'])).to.have.members(numbers);
    }
  });

  it('is configured for the integration, and the parameters refer to rows that exist', () => {
    for (const legalEntity of legalEntities) {
      const own = (set: string): Row[] => rows(company, set).filter((row) => row['dataAreaId'] === legalEntity);
      expect(own('ProjCDSParameters')[0]).to.include({ IntegrationEnabled: 'Yes', DefaultProjectType: 'TimeMaterial' });
      expect(own('ProjCDSProjectGroupDefaults').map((row) => row['ProjectGroup'])).to.have.members(
        own('ProjectGroups').map((row) => row['ProjectGroup']),
      );
      expect(own('ProjCDSBillingTypeDefaults').map((row) => row['LinePropertyId'])).to.have.members(
        own('ProjProjectLineProperties').map((row) => row['LinePropertyId']),
      );
      expect(own('PaymentTerms').map((row) => row['Name'])).to.have.members(['Net30', '2%10Net30', 'Net45', 'Net60']);
    }
  });

  it('has received nothing yet', () => {
    for (const set of [
      'ProjCDSProjectContracts',
      'ProjCDSProjects',
      'ProjCDSContractLineImports',
      'ProjBillingRules',
    ]) {
      expect(rows(company, set), set).to.have.lengthOf(0);
    }
  });
});
