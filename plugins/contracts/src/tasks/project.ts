import {
  Constant,
  DateOnly,
  fieldsOf,
  IntegrationKey,
  LookupByKey,
  MapEntity,
  OptionalField,
  parameter,
} from '@isthmus/core';
import { ORDER_TYPE, type Project as PsaProject } from '../psa.js';

const { From, isNotNull, isNot, path } = fieldsOf<PsaProject>();

/** Only projects that have a project contract; a project sold by an item-based order has none. */
@MapEntity({
  task: 'projects',
  title: 'Projects',
  source: 'msdyn_projects',
  sourceId: 'msdyn_projectid',
  destination: 'ProjCDSProjectEntity',
  filter: [isNotNull('_msdyn_salesorderid_value'), isNot('msdyn_salesorderid.msdyn_ordertype', ORDER_TYPE.itemBased)],
  organization: path('msdyn_contractorganizationalunitid.msdyn_name'),
})
export class Project {
  @From('msdynce_projectnumber') @IntegrationKey() ProjectID!: string;
  @From('msdyn_subject') ProjectName!: string;
  @From('msdyn_scheduledstart') @DateOnly() ProjectedStartDate!: string;
  @From('msdyn_scheduledend') @DateOnly() ProjectedEndDate!: string;
  @From('msdyn_actualstart') @DateOnly() StartDate!: string;
  @From('msdyn_actualend') @DateOnly() EndDate!: string;
  @From('msdyn_salesorderid.ordernumber') @LookupByKey('project-contracts') ProjectContractID!: string;
  @From('msdyn_customer.accountnumber') CustomerAccount!: string;
  @Constant(parameter('sourceDataId')) SourceDataID!: string;

  @From('msdyn_description') @OptionalField() Description!: string;
  // No PSA column holds these: switched on, they take what an override gives them.
  @Constant(null) @OptionalField() ParentId!: string;
  @Constant(null) @OptionalField() ProjectGroup!: string;
  @Constant(null) @OptionalField() ProjectManagerPersonnelNumber!: string;
  @Constant(null) @OptionalField() ProjectType!: string;
}
