import { fieldsOf, IntegrationKey, LookupByKey, MapEntity, parameter, ValueMap } from '@isthmus/core';
import { ORDER_TYPE, type SalesOrderDetail } from '../psa.js';

const { From, isNot, path } = fieldsOf<SalesOrderDetail>();

/** Becomes a billing rule. Order lines of item-based orders are sales of goods, not contract lines. */
@MapEntity({
  task: 'contract-lines',
  title: 'Project contract lines',
  source: 'salesorderdetails',
  sourceId: 'salesorderdetailid',
  destination: 'ProjCDSContractLineImportEntity',
  filter: [isNot('salesorderid.msdyn_ordertype', ORDER_TYPE.itemBased)],
  organization: path('salesorderid.msdyn_contractorganizationalunitid.msdyn_name'),
})
export class ContractLine {
  @From('salesorderdetailid') @IntegrationKey() TransactionId!: string;
  @From('salesorderid.ordernumber') @LookupByKey('project-contracts') ContractId!: string;
  @From('sequencenumber') ContractLine!: number;
  @From('productdescription') Description!: string;
  @From('msdyn_project.msdynce_projectnumber') @LookupByKey('projects') ProjectId!: string;
  @From('msdyn_billingmethod') @ValueMap(parameter('contractLineTypes')) Type!: string;
}
