import { date, enumeration, perCompany, rate, shared, text, whole } from './fields.js';

/** What posting needs of a company: its currency, its periods, exchange rates and numbers. */

const ledger = shared({
  name: 'Ledger',
  set: 'Ledgers',
  aotName: 'LedgerEntity',
  label: 'Ledger',
  key: ['LegalEntityId'],
  properties: [
    text('LegalEntityId', 4, 'mandatory'),
    text('AccountingCurrency', 3, 'mandatory'),
    text('ExchangeRateType', 20, 'mandatory'),
  ],
});

const period = perCompany({
  name: 'LedgerPeriod',
  set: 'LedgerPeriods',
  aotName: 'LedgerPeriodEntity',
  label: 'Ledger calendar',
  key: ['StartDate'],
  properties: [
    date('StartDate', 'mandatory'),
    date('EndDate', 'mandatory'),
    text('PeriodName', 60),
    enumeration('Status', 'LedgerPeriodStatus'),
  ],
});

/** `1 FromCurrency × factor = Rate ToCurrency`; used the other way round where the pair is quoted so. */
const exchangeRate = shared({
  name: 'ExchangeRate',
  set: 'ExchangeRates',
  aotName: 'ExchangeRateEntity',
  label: 'Exchange rates',
  key: ['RateTypeName', 'FromCurrency', 'ToCurrency', 'StartDate'],
  properties: [
    text('RateTypeName', 20, 'mandatory'),
    text('FromCurrency', 3, 'mandatory'),
    text('ToCurrency', 3, 'mandatory'),
    date('StartDate', 'mandatory'),
    date('EndDate'),
    rate('Rate'),
    enumeration('ConversionFactor', 'ExchangeRateDisplayFactor'),
  ],
});

const numberSequence = perCompany({
  name: 'NumberSequence',
  set: 'NumberSequences',
  aotName: 'NumberSequenceEntity',
  label: 'Number sequences',
  key: ['NumberSequenceCode'],
  properties: [
    text('NumberSequenceCode', 10, 'mandatory'),
    text('Name', 60),
    // Number signs stand for the digits: PSV-######.
    text('Format', 20, 'mandatory'),
    whole('NextNumber'),
    whole('LargestNumber'),
  ],
});

const forecastModel = perCompany({
  name: 'ForecastModel',
  set: 'ForecastModels',
  aotName: 'ForecastModelEntity',
  label: 'Forecast models',
  key: ['ModelId'],
  properties: [text('ModelId', 10, 'mandatory'), text('Name', 60), enumeration('Stopped', 'NoYes')],
});

export const ledgerSetup = [ledger, period, exchangeRate, numberSequence, forecastModel];
