import {
  Constant,
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
  type Currency,
  type ProjectReference,
} from '@isthmus/project-accounting';

/** A row of `msdyn_estimateline`. Decimals as text; the price in the transaction currency. */
interface EstimateLine {
  msdyn_estimatelineid: string;
  msdyn_description: string | null;
  msdyn_accountingdate: string | null;
  msdyn_transactionclassification: number | null;
  msdyn_transactiontypecode: number | null;
  msdyn_billingtype: number | null;
  msdyn_quantity: string | null;
  msdyn_price: string | null;
  exchangerate: string | null;
  _msdyn_task_value: string | null;
  _msdyn_transactioncategory_value: string | null;
  transactioncurrencyid: Currency | null;
  msdyn_project: ProjectReference | null;
}

const { From, is, LookupByCrossReference, path } = fieldsOf<EstimateLine>();

/** Becomes an expense forecast of the project. Hours are estimated on the tasks. */
@MapEntity({
  task: 'expense-estimates',
  title: 'Expense estimates',
  source: 'msdyn_estimatelines',
  sourceId: 'msdyn_estimatelineid',
  destination: 'ProjCDSEstimateExpensesImportEntity',
  filter: [is('msdyn_transactionclassification', TRANSACTION_CLASSIFICATION.expense)],
  organization: path('msdyn_project.msdyn_contractorganizationalunitid.msdyn_name'),
})
export class ExpenseEstimate {
  @From('msdyn_estimatelineid') @IntegrationKey() EstimateLineId!: string;
  @From('msdyn_project.msdynce_projectnumber') @LookupByKey('projects') @Needs(supportedProject) ProjectId!: string;
  @LookupByCrossReference('project-tasks', '_msdyn_task_value') TaskId!: string;
  @From('_msdyn_transactioncategory_value') @Needs(linkedCategory([])) TransactionCategory!: string;
  @From('msdyn_accountingdate') @DateOnly() DocumentDate!: string;
  @From('msdyn_description') Description!: string;
  @From('msdyn_quantity') @Decimal() Quantity!: string;
  @From('msdyn_price') @Decimal() Price!: string;
  @From('transactioncurrencyid.isocurrencycode') CurrencyId!: string;
  @From('exchangerate') @Decimal() ExchangeRate!: string;
  @From('msdyn_billingtype')
  @ValueMap(parameter('billingTypes'), { otherwise: BILLING_TYPE_UNKNOWN })
  @Default(BILLING_TYPE_UNKNOWN)
  @Needs(linePropertyOfBillingType)
  BillingType!: string;
  @From('msdyn_transactiontypecode') @ValueMap(parameter('transactionTypes'), { otherwise: null }) TransType!: string;
  @Constant(parameter('forecastModel')) ModelId!: string;
}
