import { IMPORT_FROM_STAGING } from './actions.js';
import { date, enumeration, guid, long, perCompany, rate, real, shared, text, whole } from './fields.js';

const actual = perCompany({
  name: 'ProjCDSActualsImport',
  set: 'ProjCDSActualsImports',
  aotName: 'ProjCDSActualsImportEntity',
  label: 'Integration entity for project actuals',
  key: ['ActualId'],
  actions: [IMPORT_FROM_STAGING],
  properties: [
    guid('ActualId', 'mandatory'),
    guid('ActualsImportId'),
    date('AccountingDate', 'mandatory'),
    date('DocumentDate', 'mandatory'),
    date('StartDate'),
    date('EndDate'),
    date('ExchangeRateDate'),
    rate('ExchangeRate'),
    real('Amount'),
    real('AmountMST'),
    real('UnitPrice'),
    real('UnitPriceMST'),
    real('Quantity'),
    text('UnitOfMeasure', 10),
    enumeration('BillingType', 'ProjCDSBillingType', 'mandatory'),
    enumeration('TransType', 'ProjCDSTransType'),
    // Holds PSA's choice value as it is.
    long('TransactionClassification', 'mandatory'),
    guid('TransactionCategory'),
    text('TransactionCurrencyId', 3, 'mandatory'),
    text('ProjectId', 20, 'mandatory'),
    text('ProjectDataAreaId', 4),
    guid('TaskId'),
    text('ContractId', 20),
    whole('ContractLine'),
    guid('ContractingUnit'),
    guid('ResourceId'),
    guid('ResourceOperationUnitId'),
    text('InvoiceId', 20),
    text('Description', 255),
    text('ExternalDescription', 255),
    text('ExternalReference', 60),
    text('Voucher', 20),
    enumeration('IsJournalized', 'NoYes'),
    enumeration('IsDuplicate', 'NoYes'),
    long('AdjustmentStatus'),
    long('BillingStatusId'),
    long('Status'),
    long('StatusReason'),
    guid('OwningBusinessId'),
    guid('OwningUser'),
  ],
});

/** Joins two actuals or two estimate lines; its table has no company column. */
const transactionRelationship = shared({
  name: 'ProjCDSTransactionRelationshipImport',
  set: 'ProjCDSTransactionRelationshipImports',
  aotName: 'ProjCDSTransactionRelationshipImportEntity',
  label: 'Integration entity for project transaction relationships',
  key: ['ConnectionId'],
  properties: [
    guid('ConnectionId', 'mandatory'),
    guid('Transaction1Id', 'mandatory'),
    text('Transaction1Role', 100, 'mandatory'),
    text('Transaction1Type', 100, 'mandatory'),
    guid('Transaction2Id', 'mandatory'),
    text('Transaction2Role', 100, 'mandatory'),
    text('Transaction2Type', 100, 'mandatory'),
  ],
});

export const actuals = [actual, transactionRelationship];
