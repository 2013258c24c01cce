import {
  DateOnly,
  Decimal,
  Default,
  fieldsOf,
  IntegrationKey,
  LookupByKey,
  MapEntity,
  Needs,
  parameter,
  ValueMap,
} from '@isthmus/core';
import {
  BILLING_TYPE_UNKNOWN,
  linePropertyOfBillingType,
  linkedCategory,
  supportedProject,
  TRANSACTION_CLASSIFICATION,
} from '@isthmus/project-accounting';
import type { PsaActual } from '../psa.js';

const { From, isNot, LegalEntityOf, LookupByCrossReference, OfOrganization } = fieldsOf<PsaActual>();

const CONTRACTING_UNIT = 'msdyn_contractorganizationalunitid.msdyn_name';
const RESOURCING_UNIT = 'msdyn_resourceorganizationalunitid.msdyn_name';
const { time, fee, tax } = TRANSACTION_CLASSIFICATION;
/** Hours and fees take theirs from the integration parameters, and tax has none of its own. */
const ownCategory = linkedCategory([time, fee, tax].map((kind) => isNot('msdyn_transactionclassification', kind)));

/**
 * Becomes a line of the staging table, in the legal entity of whoever did the work. Where the project belongs to another
 * one, that of its contracting unit is named besides: an inter-company actual. The books that it ends up in, and what they
 * must hold for it, are those of the project.
 */
@MapEntity({
  task: 'actuals',
  title: 'Actuals',
  source: 'msdyn_actuals',
  sourceId: 'msdyn_actualid',
  destination: 'ProjCDSActualsImportEntity',
  narrowedBy: [{ path: RESOURCING_UNIT, parameter: 'resourcingUnits' }],
  organization: [RESOURCING_UNIT, CONTRACTING_UNIT],
})
export class Actual {
  @From('msdyn_actualid') @IntegrationKey() ActualId!: string;
  @From('msdyn_accountingdate') @DateOnly() AccountingDate!: string;
  @From('msdyn_documentdate') @DateOnly() DocumentDate!: string;
  @From('msdyn_startdatetime') @DateOnly() StartDate!: string;
  @From('msdyn_enddatetime') @DateOnly() EndDate!: string;
  @From('msdyn_exchangeratedate') @DateOnly() ExchangeRateDate!: string;
  @From('exchangerate') @Decimal() ExchangeRate!: string;
  @From('msdyn_amount') @Decimal() Amount!: string;
  @From('msdyn_amount_base') @Decimal() AmountMST!: string;
  @From('msdyn_price') @Decimal() UnitPrice!: string;
  @From('msdyn_price_base') @Decimal() UnitPriceMST!: string;
  @From('msdyn_quantity') @Decimal() Quantity!: string;
  @From('msdyn_billingtype')
  @ValueMap(parameter('billingTypes'), { otherwise: BILLING_TYPE_UNKNOWN })
  @Default(BILLING_TYPE_UNKNOWN)
  @OfOrganization(CONTRACTING_UNIT)
  @Needs(linePropertyOfBillingType)
  BillingType!: string;
  @From('msdyn_transactiontypecode') @ValueMap(parameter('transactionTypes')) TransType!: string;
  @From('msdyn_transactionclassification') TransactionClassification!: number;
  @From('_msdyn_transactioncategory_value')
  @OfOrganization(CONTRACTING_UNIT)
  @Needs(ownCategory)
  TransactionCategory!: string;
  @From('msdyn_salescontract.ordernumber')
  @LookupByKey('project-contracts')
  @OfOrganization(CONTRACTING_UNIT)
  ContractId!: string;
  @From('msdyn_project.msdynce_projectnumber')
  @LookupByKey('projects')
  @OfOrganization(CONTRACTING_UNIT)
  @Needs(supportedProject)
  ProjectId!: string;
  @LookupByCrossReference('project-tasks', '_msdyn_task_value') TaskId!: string;
  @From('_msdyn_contractorganizationalunitid_value') ContractingUnit!: string;
  @From('_msdyn_resourceorganizationalunitid_value') ResourceOperationUnitId!: string;
  @From('msdyn_description') Description!: string;
  @From('msdyn_externaldescription') ExternalDescription!: string;
  @From('msdyn_externalreferenceid') ExternalReference!: string;
  @From('transactioncurrencyid.isocurrencycode') TransactionCurrencyId!: string;
  @LegalEntityOf(CONTRACTING_UNIT) ProjectDataAreaId!: string;
}
