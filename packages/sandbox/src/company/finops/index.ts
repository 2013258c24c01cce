import { finopsModel } from '../../model/index.js';
import type { Context } from '../context.js';
import type { RowSource } from '../types.js';
import { categoryRows, integratedCategoryRows, projectCategoryRows, sharedCategoryRows } from './categories.js';
import { currencyRows, inEveryCompany, legalEntityRows } from './companies.js';
import { customerRows } from './customers.js';
import { exchangeRateRows, forecastModelRows, ledgerRows, numberSequenceRows, periodRows } from './ledger.js';
import {
  billingTypeDefaults,
  linePropertyRows,
  parameters,
  paymentTerms,
  projectGroupDefaults,
  projectGroups,
} from './parameters.js';
import { itemSalesTaxGroupCodes, salesTaxCodes, salesTaxGroupCodes } from './sales-tax.js';

/** What Finance & Operations holds before the first run: master data and set-up; the integration entities are empty. */
export const finopsRows = (context: Context): Map<string, RowSource> =>
  new Map<string, RowSource>([
    ...finopsModel.map(({ set }): [string, RowSource] => [set, () => []]),
    ['LegalEntities', legalEntityRows],
    ['Currencies', currencyRows],
    ['CustomersV3', () => customerRows(context)],
    ['PaymentTerms', () => inEveryCompany(paymentTerms)],
    ['ProjectGroups', () => inEveryCompany(projectGroups)],
    ['ProjProjectLineProperties', () => inEveryCompany(linePropertyRows)],
    ['SharedCategories', sharedCategoryRows],
    ['Categories', () => inEveryCompany(categoryRows)],
    ['ProjectCategories', () => inEveryCompany(projectCategoryRows)],
    ['ProjCDSCategories', () => inEveryCompany(integratedCategoryRows)],
    ['Ledgers', ledgerRows],
    ['LedgerPeriods', () => inEveryCompany(periodRows)],
    ['ExchangeRates', exchangeRateRows],
    ['NumberSequences', numberSequenceRows],
    ['ForecastModels', () => inEveryCompany(forecastModelRows)],
    ['SalesTaxCodes', () => inEveryCompany(salesTaxCodes)],
    ['SalesTaxGroupCodes', () => inEveryCompany(salesTaxGroupCodes)],
    ['ItemSalesTaxGroupCodes', () => inEveryCompany(itemSalesTaxGroupCodes)],
    ['ProjCDSParameters', () => inEveryCompany(parameters)],
    ['ProjCDSProjectGroupDefaults', () => inEveryCompany(projectGroupDefaults)],
    ['ProjCDSBillingTypeDefaults', () => inEveryCompany(billingTypeDefaults)],
  ]);
