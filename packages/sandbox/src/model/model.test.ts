import { expect } from 'chai';
import { finopsEnums, finopsModel, psaModel, type EntityModel } from './index.js';

const names = (entity: EntityModel): string[] => entity.properties.map(({ name }) => name);
const psa = (name: string): EntityModel => psaModel.find((entity) => entity.name === name)!;
const finops = (set: string): EntityModel => finopsModel.find((entity) => entity.set === set)!;
const lookup = (entity: string, attribute: string) =>
  psa(entity).lookups.find((one) => one.attribute === attribute)!.targets;

describe('both models', () => {
  it('name every entity, set and property once', () => {
    for (const model of [psaModel, finopsModel]) {
      for (const values of [model.map(({ name }) => name), model.map(({ set }) => set), ...model.map(names)]) {
        expect(new Set(values).size, values.join()).to.equal(values.length);
      }
    }
  });

  it('have keys of known properties that cannot be empty', () => {
    for (const entity of [...psaModel, ...finopsModel]) {
      expect(entity.primaryKey, entity.name).not.to.be.empty;
      for (const key of entity.primaryKey) {
        expect(entity.properties.find(({ name }) => name === key)?.nullable, `${entity.name}.${key}`).to.equal(false);
      }
    }
  });

  it('give every text a length, every decimal a scale and every enumeration its members', () => {
    for (const entity of [...psaModel, ...finopsModel]) {
      for (const { name, type, maxLength, scale, enumType } of entity.properties) {
        if (type === 'Edm.String') expect(maxLength, `${entity.name}.${name}`).to.be.greaterThan(0);
        if (type === 'Edm.Decimal') expect(scale, `${entity.name}.${name}`).to.be.greaterThan(0);
        if (type === 'Enum') expect(finopsEnums.map((one) => one.name)).to.include(enumType);
      }
    }
  });
});

/** Tables that the Common Data Model's lookups lead to and no template needs: such a lookup is there to be read, empty. */
const LEFT_OUT = [
  ...[
    'bookableresource',
    'bookableresourcecategory',
    'businessunit',
    'campaign',
    'equipment',
    'invoice',
    'lead',
    'msdyn_estimate',
  ],
  ...['msdyn_invoicefrequency', 'msdyn_projectteam', 'msdyn_workhourtemplate', 'opportunity', 'organization'],
  ...['pricelevel', 'product', 'productassociation', 'quote', 'quotedetail', 'service', 'sla', 'team', 'territory'],
  ...['uom', 'uomschedule'],
];

describe('the PSA model', () => {
  it('leads every lookup to a table that it has or that it leaves out by name, by a navigation property of its own', () => {
    for (const { name, lookups } of psaModel) {
      const navigations = lookups.flatMap(({ targets }) => targets.map(({ navigation }) => navigation));
      expect(new Set(navigations).size, name).to.equal(navigations.length);
      for (const { entity } of lookups.flatMap(({ targets }) => targets)) {
        expect(psa(entity) ?? LEFT_OUT.includes(entity), `${name} to ${entity}`).to.be.ok;
      }
    }
  });

  it('names navigation properties by the schema name where Dataverse does', () => {
    expect(lookup('salesorderdetail', 'msdyn_project')).to.deep.equal([
      { entity: 'msdyn_project', navigation: 'msdyn_Project' },
    ]);
    expect(lookup('salesorder', 'customerid')).to.deep.equal([
      { entity: 'account', navigation: 'customerid_account' },
      { entity: 'contact', navigation: 'customerid_contact' },
    ]);
    expect(lookup('salesorder', 'transactioncurrencyid')[0]!.navigation).to.equal('transactioncurrencyid');
  });

  it('has the integration keys as alternate keys', () => {
    const keys = Object.fromEntries(psaModel.map(({ name, alternateKeys }) => [name, alternateKeys?.[0]?.attributes]));
    expect(keys).to.include.all.keys('salesorder', 'account');
    expect(keys['salesorder']).to.deep.equal(['ordernumber']);
    expect(keys['account']).to.deep.equal(['accountnumber']);
    expect(keys['transactioncurrency']).to.deep.equal(['isocurrencycode']);
    expect(keys['msdyn_project']).to.deep.equal(['msdynce_projectnumber']);
    expect(keys['msdyn_organizationalunit']).to.deep.equal(['msdyn_name']);
  });

  it('tracks changes of every table but the users, their roles and the organization', () => {
    expect(psaModel.filter(({ changeTracking }) => !changeTracking).map(({ name }) => name)).to.deep.equal([
      'systemuser',
      'role',
      'systemuserroles',
      'organization',
    ]);
  });

  it('puts a read-only base amount behind every amount', () => {
    for (const { properties } of psaModel) {
      properties.forEach(({ name, money }, index) => {
        if (money) expect(properties[index + 1]).to.include({ name: `${name}_base`, readOnly: true });
      });
    }
  });

  it('has the milestone’s contract line both as text (PSA 2.x) and as lookup (PSA 3.x)', () => {
    expect(names(psa('msdyn_contractlinescheduleofvalue'))).to.include('msdyn_contractline');
    expect(lookup('msdyn_contractlinescheduleofvalue', 'msdyn_contractlineid')[0]!.entity).to.equal('salesorderdetail');
  });
});

describe('the F&O model', () => {
  it('keys rows of a company by dataAreaId first', () => {
    for (const { name, perCompany, primaryKey } of finopsModel) {
      expect(primaryKey[0] === 'dataAreaId', name).to.equal(perCompany === true);
    }
  });

  it('leads every navigation property from a field to an entity, by a name that nothing else has', () => {
    for (const { name, primaryKey, properties, navigations = [] } of finopsModel) {
      const back = finopsModel.flatMap((other) => (other.navigations ?? []).filter(({ entity }) => entity === name));
      const all = [
        ...properties.map((property) => property.name),
        ...navigations.map(({ navigation }) => navigation),
        ...back.map(({ collection }) => collection),
      ];
      expect(new Set(all).size, `${name}: ${all.join()}`).to.equal(all.length);
      expect(names(finopsModel.find((one) => one.name === name)!)).to.include.members(
        navigations.map(({ field }) => field),
      );
      if (back.length > 0) expect(primaryKey.filter((key) => key !== 'dataAreaId')).to.have.length(1);
    }
  });

  it('knows the tables behind an entity by fields of the entity', () => {
    for (const entity of finopsModel) expect(names(entity)).to.include.members((entity.furtherTables ?? []).flat());
  });

  it('has every destination field of the contract templates, in its real casing', () => {
    expect(names(finops('ProjCDSProjectContracts'))).to.include.members([
      'ProjectContractID',
      'Name',
      'CurrencyCode',
      'ExchangeRate',
      'CustomerAccount',
      'PaymentTerms',
      'SourceDataID',
    ]);
    expect(names(finops('ProjCDSProjects'))).to.include.members([
      'ProjectID',
      'ProjectName',
      'ProjectedStartDate',
      'ProjectedEndDate',
      'StartDate',
      'EndDate',
      'ProjectContractID',
      'CustomerAccount',
      'SourceDataID',
    ]);
    expect(names(finops('ProjCDSContractLineImports'))).to.include.members([
      'TransactionId',
      'ContractId',
      'ContractLine',
      'Description',
      'ProjectId',
      'Type',
    ]);
    expect(names(finops('ProjCDSContractLineMilestoneImports'))).to.include.members([
      'TransactionId',
      'ContractLineRef',
      'Description',
      'InvoiceDate',
      'Amount',
      'CurrencyId',
    ]);
  });

  it('lets only the system write what it makes of the integrated rows', () => {
    expect(finopsModel.filter(({ readOnly }) => readOnly).map(({ set }) => set)).to.deep.equal([
      'ProjBillingRules',
      'ProjBillingRuleMilestones',
      'DataManagementExecutionJobDetails',
      'ProjActivities',
      'ProjHourForecasts',
      'ProjExpenseForecasts',
      'ProjActualsStagings',
      'ProjAdvancedJournalHeaders',
      'ProjRelatedVouchers',
      'ProjLedgerTransactions',
      'ProjPostTransViews',
      'ProjTaxTransactions',
    ]);
  });
});
