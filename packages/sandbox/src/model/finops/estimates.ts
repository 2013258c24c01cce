import { date, enumeration, guid, perCompany, rate, real, text } from './fields.js';

const hourEstimate = perCompany({
  name: 'ProjCDSEstimateHour',
  set: 'ProjCDSEstimateHours',
  aotName: 'ProjCDSEstimateHoursEntity',
  label: 'Integration entity for project hour estimates',
  key: ['TaskId'],
  properties: [
    guid('TaskId', 'mandatory'),
    text('Description', 60),
    text('ProjectId', 20, 'mandatory'),
    text('SalesCurrency', 3),
    rate('ExchangeRate'),
    real('PlannedCostAmount'),
    real('PlannedSalesAmount'),
    real('Duration'),
    text('ForecastModel', 10),
    date('StartDate'),
  ],
});

const expenseEstimate = perCompany({
  name: 'ProjCDSEstimateExpensesImport',
  set: 'ProjCDSEstimateExpensesImports',
  aotName: 'ProjCDSEstimateExpensesImportEntity',
  label: 'Integration entity for project expense estimates',
  key: ['EstimateLineId'],
  properties: [
    guid('EstimateLineId', 'mandatory'),
    guid('TaskId'),
    text('ProjectId', 20, 'mandatory'),
    rate('ExchangeRate'),
    text('Description', 60),
    real('Price'),
    real('Quantity'),
    text('CurrencyId', 3, 'mandatory'),
    text('ModelId', 10),
    enumeration('TransType', 'ProjCDSTransType', 'mandatory'),
    date('DocumentDate'),
    enumeration('BillingType', 'ProjCDSBillingType', 'mandatory'),
    guid('TransactionCategory'),
  ],
});

export const estimates = [hourEstimate, expenseEstimate];
