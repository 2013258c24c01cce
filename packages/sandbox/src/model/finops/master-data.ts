import { enumeration, perCompany, real, shared, text, unread, whole } from './fields.js';

/** What the integration entities refer to and F&O's users keep. */

const legalEntity = shared({
  name: 'LegalEntity',
  set: 'LegalEntities',
  aotName: 'LegalEntityEntity',
  label: 'Legal entities',
  key: ['LegalEntityId'],
  properties: [
    text('LegalEntityId', 4, 'mandatory'),
    text('Name', 60),
    text('CompanyType', 20),
    text('AddressCountryRegionId', 10),
  ],
});

const currency = shared({
  name: 'Currency',
  set: 'Currencies',
  aotName: 'CurrencyEntity',
  label: 'Currencies',
  key: ['CurrencyCode'],
  properties: [
    text('CurrencyCode', 3, 'mandatory'),
    text('Name', 60),
    text('Symbol', 5),
    // Smallest step of an amount: 0.01, or 1 for yen.
    real('GeneralRoundingRule'),
  ],
});

const customer = perCompany({
  name: 'CustomerV3',
  set: 'CustomersV3',
  aotName: 'CustCustomerV3Entity',
  label: 'Customers V3',
  key: ['CustomerAccount'],
  properties: [
    text('CustomerAccount', 20, 'mandatory'),
    text('OrganizationName', 100),
    text('CustomerGroupId', 10, 'mandatory'),
    text('SalesCurrencyCode', 3, 'mandatory'),
    text('PaymentTerms', 10),
    text('SalesTaxGroup', 10),
    text('PrimaryContactEmail', 255),
    text('AddressCity', 60),
    text('AddressZipCode', 10),
    text('AddressCountryRegionId', 10),
  ],
});

const paymentTerm = perCompany({
  name: 'PaymentTerm',
  set: 'PaymentTerms',
  aotName: 'PaymentTermEntity',
  label: 'Terms of payment',
  key: ['Name'],
  properties: [text('Name', 10, 'mandatory'), text('Description', 60), whole('NumberOfDays')],
});

const projectGroup = perCompany({
  name: 'ProjectGroup',
  set: 'ProjectGroups',
  aotName: 'ProjectGroupEntity',
  label: 'Project groups',
  key: ['ProjectGroup'],
  properties: [
    text('ProjectGroup', 10, 'mandatory'),
    text('Name', 60),
    enumeration('ProjectType', 'ProjType', 'mandatory'),
    unread('AccruedLossCategoryId'),
    unread('CanVerifyCostAgainstRemainingForecast'),
    unread('RevenueRecognitionAccountingRule'),
    unread('CostTemplate'),
    unread('PostCostsExpense'),
    unread('AccrueRevenueExpense'),
    unread('PostCostsHour'),
    unread('AccrueRevenueHour'),
    unread('AreForeseeableLosses'),
    unread('OnAccountInvoicing'),
    unread('PostCostsItem'),
    unread('AccrueRevenueItem'),
    unread('LedgerPostingSearchPriority'),
    unread('MatchingPrinciple'),
    unread('PeriodCode'),
    unread('ProductionCategoryId'),
    unread('ProfitCategoryId'),
    unread('LinePropertySearchPriority'),
    unread('AccrueRevenueFee'),
    unread('CalculationMethod'),
    unread('SalesValueCategoryId'),
  ],
});

const lineProperty = perCompany({
  name: 'ProjProjectLineProperty',
  set: 'ProjProjectLineProperties',
  aotName: 'ProjProjectLinePropertyEntity',
  label: 'Project line property',
  key: ['LinePropertyId'],
  properties: [
    text('LinePropertyId', 10, 'mandatory'),
    text('Name', 60),
    enumeration('IsChargeable', 'NoYes'),
    enumeration('EnableAccrueRevenue', 'NoYes'),
    enumeration('EnabledCapitalizeCost', 'NoYes'),
    real('CostPercentage'),
    real('SalesPercentage'),
    unread('AddToEfficientHours'),
    unread('AddToNormBillable'),
    unread('AddToNormEfficiency'),
    unread('PrintZeroSalesPriceOnInvoice'),
    unread('PrintZeroSalesPriceOnQuotation'),
  ],
});

export const masterData = [legalEntity, currency, customer, paymentTerm, projectGroup, lineProperty];
