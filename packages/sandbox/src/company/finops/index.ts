import { finopsModel } from '../../model/index.js';
import type { Context } from '../context.js';
import { listed, made } from '../sources.js';
import type { RowSource } from '../types.js';
import { categoryRows, integratedCategoryRows, projectCategoryRows, sharedCategoryRows } from './categories.js';
import { currencyRows, inEveryCompany, legalEntityRows } from './companies.js';
import { customerCount, customerRow } from './customers.js';
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
    ...finopsModel.map(({ set }): [string, RowSource] => [set, listed([])]),
    ['LegalEntities', listed(legalEntityRows())],
    ['Currencies', listed(currencyRows())],
    ['CustomersV3', made(customerRow(context), customerCount(context))],
    ['PaymentTerms', listed(inEveryCompany(paymentTerms))],
    ['ProjectGroups', listed(inEveryCompany(projectGroups))],
    ['ProjProjectLineProperties', listed(inEveryCompany(linePropertyRows))],
    ['SharedCategories', listed(sharedCategoryRows())],
    ['Categories', listed(inEveryCompany(categoryRows))],
    ['ProjectCategories', listed(inEveryCompany(projectCategoryRows))],
    ['ProjCDSCategories', listed(inEveryCompany(integratedCategoryRows))],
    ['Ledgers', listed(ledgerRows())],
    ['LedgerPeriods', listed(inEveryCompany(periodRows))],
    ['ExchangeRates', listed(exchangeRateRows())],
    ['NumberSequences', listed(numberSequenceRows())],
    ['ForecastModels', listed(inEveryCompany(forecastModelRows))],
    ['SalesTaxCodes', listed(inEveryCompany(salesTaxCodes))],
    ['SalesTaxGroupCodes', listed(inEveryCompany(salesTaxGroupCodes))],
    ['ItemSalesTaxGroupCodes', listed(inEveryCompany(itemSalesTaxGroupCodes))],
    ['ProjCDSParameters', listed(inEveryCompany(parameters))],
    ['ProjCDSProjectGroupDefaults', listed(inEveryCompany(projectGroupDefaults))],
    ['ProjCDSBillingTypeDefaults', listed(inEveryCompany(billingTypeDefaults))],
  ]);
