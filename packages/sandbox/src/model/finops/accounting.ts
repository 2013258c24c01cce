import { POST_JOURNAL, POST_JOURNALS } from './actions.js';
import { date, enumeration, guid, perCompany, rate, real, text, unread, whole } from './fields.js';

/**
 * From the staging table to the books. Public names are this sandbox's own, fields after the tables that CDM names:
 * `ProjCDSActualsImport` has the flags of staging, and refers to a `ProjAdvancedJournalLine`.
 */

/** The columns of the staging table that the integration entity does not show. */
const staging = perCompany({
  name: 'ProjActualsStaging',
  set: 'ProjActualsStagings',
  aotName: 'ProjActualsStagingEntity',
  label: 'Project actuals import',
  readOnly: true,
  key: ['ActualId'],
  properties: [
    guid('ActualId', 'mandatory'),
    enumeration('IsProcessed', 'NoYes'),
    enumeration('IsDuplicate', 'NoYes'),
    enumeration('HasError', 'NoYes'),
    text('ErrorText', 1000),
    whole('IntegrationCount'),
    text('JournalDataAreaId', 4),
    text('JournalId', 20),
    whole('LineNumber'),
    text('TransactionCategoryId', 30),
    text('ActivityNumber', 20),
    text('VoucherNumber', 20),
    real('AccountingAmount'),
    real('SalesTaxAmount'),
  ],
});

const journalHeader = perCompany({
  name: 'ProjAdvancedJournalHeader',
  set: 'ProjAdvancedJournalHeaders',
  aotName: 'ProjAdvancedJournalHeaderEntity',
  label: 'Integration journal',
  readOnly: true,
  key: ['JournalId'],
  actions: [POST_JOURNALS, POST_JOURNAL],
  properties: [
    text('JournalId', 20, 'mandatory'),
    text('Description', 60),
    enumeration('Status', 'ProjAdvancedJournalStatus'),
    // In accounting currency, of the lines posted so far.
    real('PostedAmount'),
    real('SalesTaxAmount'),
  ],
});

const journalLine = perCompany({
  name: 'ProjAdvancedJournalLine',
  set: 'ProjAdvancedJournalLines',
  aotName: 'ProjAdvancedJournalLineEntity',
  label: 'Integration journal lines',
  key: ['JournalId', 'LineNumber'],
  properties: [
    text('JournalId', 20, 'mandatory'),
    whole('LineNumber', 'mandatory'),
    enumeration('Status', 'ProjAdvancedJournalLineStatus'),
    text('ErrorText', 1000),
    guid('ActualId', 'mandatory'),
    text('ActualDataAreaId', 4),
    enumeration('TransType', 'ProjCDSTransType'),
    enumeration('TransactionType', 'ProjTransType'),
    date('AccountingDate', 'mandatory'),
    date('DocumentDate'),
    text('ProjectId', 20, 'mandatory'),
    text('ContractId', 20),
    text('ActivityNumber', 20),
    text('CategoryId', 30),
    text('LinePropertyId', 10),
    real('Quantity'),
    real('UnitPrice'),
    real('Amount'),
    text('CurrencyCode', 3, 'mandatory'),
    rate('ExchangeRate'),
    real('AccountingAmount'),
    text('SalesTaxGroup', 10),
    text('ItemSalesTaxGroup', 10),
    // In transaction currency.
    real('SalesTaxAmount'),
    text('DefaultDimensionDisplayValue', 500),
    text('Voucher', 20),
    text('TransactionId', 20),
    text('Description', 255),
  ],
});

const relatedVoucher = perCompany({
  name: 'ProjRelatedVoucher',
  set: 'ProjRelatedVouchers',
  aotName: 'ProjRelatedVoucherEntity',
  label: 'Related vouchers',
  readOnly: true,
  key: ['Voucher', 'RelatedDataAreaId', 'RelatedVoucher'],
  properties: [
    text('Voucher', 20, 'mandatory'),
    text('RelatedDataAreaId', 4, 'mandatory'),
    text('RelatedVoucher', 20, 'mandatory'),
    text('Role', 100),
    text('RelatedRole', 100),
  ],
});

/** Amounts are debits where positive, credits where negative. */
const ledgerTransaction = perCompany({
  name: 'ProjLedgerTransaction',
  set: 'ProjLedgerTransactions',
  aotName: 'ProjLedgerTransactionEntity',
  label: 'Voucher transactions',
  readOnly: true,
  key: ['Voucher', 'LineNumber'],
  properties: [
    text('Voucher', 20, 'mandatory'),
    whole('LineNumber', 'mandatory'),
    date('AccountingDate', 'mandatory'),
    text('MainAccountId', 20, 'mandatory'),
    text('PostingType', 60),
    text('CurrencyCode', 3, 'mandatory'),
    real('TransactionCurrencyAmount'),
    real('AccountingCurrencyAmount'),
    text('Description', 255),
  ],
});

const projectTransaction = perCompany({
  name: 'ProjPostTransView',
  set: 'ProjPostTransViews',
  aotName: 'ProjPostTransViewEntity',
  label: 'Project posted transactions',
  readOnly: true,
  key: ['TransactionId'],
  properties: [
    text('TransactionId', 20, 'mandatory'),
    enumeration('TransactionType', 'ProjTransType'),
    text('TransactionOrigin', 60),
    date('TransactionDate'),
    text('ProjectId', 20),
    text('CategoryId', 30),
    text('LinePropertyID', 10),
    real('Quantity'),
    text('CurrencyId', 3),
    // Costs in accounting currency, sales in that of the transaction.
    real('TotalCostAmount'),
    real('TotalSalesAmount'),
    unread('ItemId'),
    unread('ResourceName'),
    unread('VendorAccount'),
    unread('VendorName'),
  ],
});

const taxTransaction = perCompany({
  name: 'ProjTaxTransaction',
  set: 'ProjTaxTransactions',
  aotName: 'ProjTaxTransactionEntity',
  label: 'Posted sales tax',
  readOnly: true,
  key: ['Voucher', 'SalesTaxCode'],
  properties: [
    text('Voucher', 20, 'mandatory'),
    text('SalesTaxCode', 10, 'mandatory'),
    text('CurrencyCode', 3, 'mandatory'),
    real('BaseAmount'),
    real('TaxAmount'),
    real('AccountingTaxAmount'),
  ],
});

export const accounting = [
  staging,
  journalHeader,
  journalLine,
  relatedVoucher,
  ledgerTransaction,
  projectTransaction,
  taxTransaction,
];
