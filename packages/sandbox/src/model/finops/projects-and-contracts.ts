import { date, dateTime, enumeration, guid, perCompany, rate, real, text, whole } from './fields.js';

/** The four integration entities that contracts, projects, contract lines and milestones arrive in. */

const projectContract = perCompany({
  name: 'ProjCDSProjectContract',
  set: 'ProjCDSProjectContracts',
  aotName: 'ProjCDSProjectContractEntity',
  label: 'Integration entity for project contract',
  key: ['ProjectContractID'],
  properties: [
    text('ProjectContractID', 20, 'mandatory'),
    text('CustomerAccount', 20),
    text('Name', 60),
    text('CurrencyCode', 3, 'mandatory'),
    rate('ExchangeRate'),
    text('PaymentTerms', 10),
    text('CustomerReference', 60),
    text('SourceDataID', 60),
    dateTime('AddressValidFrom'),
    dateTime('AddressValidTo'),
    text('AddressDescription', 60),
    text('AddressCity', 60),
    text('AddressZipCode', 10),
    text('AddressStreet', 250),
    text('AddressLine1', 60),
    text('AddressLine2', 60),
    text('AddressState', 10),
    text('AddressCountryRegionId', 10),
    text('InvoiceLocation', 30),
    text('PartyNumber', 40),
  ],
});

const project = perCompany({
  name: 'ProjCDSProject',
  set: 'ProjCDSProjects',
  aotName: 'ProjCDSProjectEntity',
  label: 'Integration entity for project',
  key: ['ProjectID'],
  properties: [
    text('ProjectID', 20, 'mandatory'),
    text('CustomerAccount', 20),
    text('ProjectName', 60),
    text('ProjectGroup', 10),
    text('ProjectContractID', 20),
    enumeration('ProjectType', 'ProjType'),
    enumeration('ProjectStatus', 'ProjStatus'),
    date('ProjectedStartDate'),
    date('ProjectedEndDate'),
    date('StartDate'),
    date('EndDate'),
    text('ParentId', 20),
    text('Description', 60),
    text('ProjectManagerPersonnelNumber', 25),
    text('SourceDataID', 60),
    text('DefaultDimension', 20),
    text('DefaultDimensionDisplayValue', 500),
  ],
});

const contractLine = perCompany({
  name: 'ProjCDSContractLineImport',
  set: 'ProjCDSContractLineImports',
  aotName: 'ProjCDSContractLineImportEntity',
  label: 'Integration entity for project contract line',
  key: ['TransactionId'],
  properties: [
    guid('TransactionId', 'mandatory'),
    text('ContractId', 20, 'mandatory'),
    whole('ContractLine', 'mandatory'),
    // A line's billing method becomes its project's type, hence the same enumeration.
    enumeration('Type', 'ProjType', 'mandatory'),
    text('Description', 60),
    text('ProjectId', 20),
    whole('ForecastInvoiceFrequency'),
  ],
});

const milestone = perCompany({
  name: 'ProjCDSContractLineMilestoneImport',
  set: 'ProjCDSContractLineMilestoneImports',
  aotName: 'ProjCDSContractLineMilestoneImportEntity',
  label: 'Integration entity for project contract line milestone',
  key: ['TransactionId'],
  properties: [
    guid('TransactionId', 'mandatory'),
    guid('ContractLineRef', 'mandatory'),
    date('InvoiceDate', 'mandatory'),
    text('Description', 60),
    text('CurrencyId', 3, 'mandatory'),
    real('Amount', 'mandatory'),
  ],
});

export const projectsAndContracts = [projectContract, project, contractLine, milestone];
