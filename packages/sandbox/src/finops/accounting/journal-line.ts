import { EMPTY_GUID } from '../../odata/index.js';
import { linePropertyOf } from '../parameters.js';
import type { Entry, Fields } from '../rows.js';
import type { Books } from './books.js';
import { categoryOf } from './category.js';
import { CLASSIFICATION, COSTS, SALES, TRANSACTION_TYPES } from './classification.js';
import { inAccountingCurrency, rateOf } from './exchange-rate.js';
import { taxOf } from './sales-tax.js';
import { termsOf } from './terms.js';

/** What an actual becomes in the journal, or why it cannot. */
export type Line = { readonly fields: Fields } | { readonly fault: string };

const SUPPORTED = new Set(['TimeMaterial', 'FixedPrice']);

export function lineOf(books: Books, actual: Entry): Line {
  const { company } = books;
  const type = actual.text('TransType');
  const transactionType = TRANSACTION_TYPES[actual.text('TransactionClassification')];
  if (!transactionType || !(COSTS.has(type) || SALES.has(type))) {
    return {
      fault: `Transaction type ${type} and classification ${actual.text('TransactionClassification')} are not known.`,
    };
  }
  const project = books.own('ProjCDSProjects', actual.text('ProjectId'));
  if (!project) return { fault: `The project '${actual.text('ProjectId')}' doesn't exist in company '${company}'.` };
  if (!SUPPORTED.has(project.text('ProjectType'))) {
    return {
      fault: `The project '${actual.text('ProjectId')}' is of type ${project.text('ProjectType')}; only time and material and fixed price are supported.`,
    };
  }
  const property = String(linePropertyOf(books.store, company, actual.text('BillingType')) ?? '');
  if (!property) return { fault: `No line property is set up for billing type ${actual.text('BillingType')}.` };
  const category = categoryOf(books, actual);
  if ('fault' in category) return category;
  const currency = actual.text('TransactionCurrencyId');
  const terms = termsOf(books, actual.text('AccountingDate'), currency);
  if ('fault' in terms) return terms;
  const { day, conversion } = terms;
  const isTax = actual.text('TransactionClassification') === CLASSIFICATION.tax;
  const taxed = {
    AccountingDate: day,
    CurrencyCode: currency,
    Amount: actual.text('Amount'),
    SalesTaxGroup: isTax || !isTaxable(books, type, property) ? '' : taxGroupOf(books, project),
    ItemSalesTaxGroup: category.itemSalesTaxGroup,
  };
  const fields: Fields = {
    ...taxed,
    Status: 'Draft',
    ActualId: actual.text('ActualId'),
    ActualDataAreaId: actual.company,
    TransType: type,
    TransactionType: transactionType,
    DocumentDate: actual.text('DocumentDate'),
    ProjectId: actual.text('ProjectId'),
    ContractId: actual.text('ContractId') || project.text('ProjectContractID'),
    ActivityNumber: activityOf(books, actual),
    CategoryId: category.id,
    LinePropertyId: property,
    Quantity: actual.text('Quantity'),
    UnitPrice: actual.text('UnitPrice'),
    ExchangeRate: rateOf(conversion),
    AccountingAmount: inAccountingCurrency(books, actual.text('Amount'), conversion),
    SalesTaxAmount: taxOf(books, taxed),
    Description: actual.text('Description'),
  };
  return { fields };
}

/** Sales tax is due on what is charged to somebody else. */
function isTaxable(books: Books, type: string, property: string): boolean {
  const isCharged = books.own('ProjProjectLineProperties', property)?.text('IsChargeable') === 'Yes';
  return isCharged && (type === 'Sales' || type === 'BilledSales');
}

const taxGroupOf = (books: Books, project: Entry): string =>
  books.own('CustomersV3', project.text('CustomerAccount'))?.text('SalesTaxGroup') ?? '';

function activityOf(books: Books, actual: Entry): string {
  const task = actual.text('TaskId');
  return task === EMPTY_GUID ? '' : (books.own('ProjActivities', task)?.text('ActivityNumber') ?? '');
}
