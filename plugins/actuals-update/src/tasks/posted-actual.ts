import {
  DateOnly,
  Decimal,
  fieldsOf,
  IntegrationKey,
  LookupInDestination,
  MapEntity,
  NamedBy,
  parameter,
  ValueMap,
} from '@isthmus/core';
import { TRANSACTION_CLASSIFICATION } from '@isthmus/project-accounting';
import { IsIn, IsOptional } from 'class-validator';
import type { FinopsActual } from '../rows.js';

const { From, is, isNotNull } = fieldsOf<FinopsActual>();

const ORGANIZATIONAL_UNITS = ['msdyn_organizationalunits', 'msdyn_name'] as const;

/**
 * A posted transaction changes the actual that it came from, and never makes one: an actual that is gone from PSA stays
 * gone. Only sales tax that F&O has added becomes a new actual, under the id that F&O has given it.
 */
@MapEntity({
  task: 'posted-actuals',
  title: 'Posted actuals',
  source: 'ProjCDSActualsImportEntity',
  sourceId: 'ActualId',
  destination: 'msdyn_actuals',
  filter: [isNotNull('Voucher')],
  creates: [is('TransactionClassification', TRANSACTION_CLASSIFICATION.tax)],
})
export class PostedActual {
  @From('ActualId') @IntegrationKey() msdyn_actualid!: string;
  @From('AccountingDate') @DateOnly() msdyn_accountingdate!: string;
  @From('DocumentDate') @DateOnly() msdyn_documentdate!: string;
  @From('StartDate') @DateOnly() msdyn_startdatetime!: string;
  @From('EndDate') @DateOnly() msdyn_enddatetime!: string;
  @From('Amount') @Decimal() msdyn_amount!: string;
  @From('AmountMST') @Decimal() msdyn_amount_base!: string;
  @From('UnitPrice') @Decimal() msdyn_price!: string;
  @From('UnitPriceMST') @Decimal() msdyn_price_base!: string;
  @From('Quantity') @Decimal() msdyn_quantity!: string;
  @From('BillingType') @ValueMap(parameter('billingTypes')) msdyn_billingtype!: number;
  @From('TransType') @ValueMap(parameter('transactionTypes')) msdyn_transactiontypecode!: number;
  @From('ContractingUnit')
  @LookupInDestination(...ORGANIZATIONAL_UNITS)
  msdyn_contractorganizationalunitid!: string;
  @From('ResourceOperationUnitId')
  @LookupInDestination(...ORGANIZATIONAL_UNITS)
  msdyn_resourceorganizationalunitid!: string;
  @From('Description') msdyn_description!: string;
  @From('ExternalDescription') msdyn_externaldescription!: string;
  @From('ExternalReference') msdyn_externalreferenceid!: string;
  @From('ExchangeRateDate') @DateOnly() msdyn_exchangeratedate!: string;
  @From('ExchangeRate') @Decimal() exchangerate!: string;
  @From('TaskId') msdyn_task!: string;
  @From('TransactionCategory') msdyn_transactioncategory!: string;
  @From('ProjectId') @LookupInDestination('msdyn_projects', 'msdynce_projectnumber') msdyn_project!: string;
  @From('TransactionClassification')
  @IsOptional()
  @IsIn(Object.values(TRANSACTION_CLASSIFICATION))
  msdyn_transactionclassification!: number;
  @From('TransactionCurrencyId')
  @LookupInDestination('transactioncurrencies', 'isocurrencycode')
  transactioncurrencyid!: string;
  @From('Voucher') @NamedBy('voucherColumn') voucher!: string;
}
