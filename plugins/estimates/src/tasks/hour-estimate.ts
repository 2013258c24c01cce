import {
  Constant,
  DateOnly,
  Decimal,
  fieldsOf,
  IntegrationKey,
  LookupByKey,
  MapEntity,
  Needs,
  parameter,
} from '@isthmus/core';
import { supportedProject, type Currency, type ProjectReference } from '@isthmus/project-accounting';

/** A row of `msdyn_projecttask`, as far as its estimate goes. Decimals as text; amounts in the transaction currency. */
interface EstimatedTask {
  msdyn_projecttaskid: string;
  msdyn_subject: string | null;
  msdyn_islinetask: boolean | null;
  msdyn_scheduledstart: string | null;
  /** Hours. */
  msdyn_effort: string | null;
  msdyn_plannedcost: string | null;
  msdyn_plannedsales: string | null;
  exchangerate: string | null;
  /** Summary tasks have none. */
  _msdyn_transactioncategory_value: string | null;
  transactioncurrencyid: Currency | null;
  msdyn_project: ProjectReference | null;
}

const { From, is, isNotNull, path } = fieldsOf<EstimatedTask>();

/** Becomes an hour forecast of the project, with the time category of the integration parameters. */
@MapEntity({
  task: 'hour-estimates',
  title: 'Hour estimates',
  source: 'msdyn_projecttasks',
  sourceId: 'msdyn_projecttaskid',
  destination: 'ProjCDSEstimateHoursEntity',
  filter: [is('msdyn_islinetask', false), isNotNull('_msdyn_transactioncategory_value')],
  organization: path('msdyn_project.msdyn_contractorganizationalunitid.msdyn_name'),
})
export class HourEstimate {
  @From('msdyn_projecttaskid') @IntegrationKey() @LookupByKey('project-tasks') TaskId!: string;
  @From('msdyn_project.msdynce_projectnumber') @LookupByKey('projects') @Needs(supportedProject) ProjectId!: string;
  @From('msdyn_scheduledstart') @DateOnly() StartDate!: string;
  @From('msdyn_subject') Description!: string;
  @From('msdyn_effort') @Decimal() Duration!: string;
  @From('transactioncurrencyid.isocurrencycode') SalesCurrency!: string;
  @From('exchangerate') @Decimal() ExchangeRate!: string;
  @From('msdyn_plannedcost') @Decimal() PlannedCostAmount!: string;
  @From('msdyn_plannedsales') @Decimal() PlannedSalesAmount!: string;
  @Constant(parameter('forecastModel')) ForecastModel!: string;
}
