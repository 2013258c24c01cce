import {
  Constant,
  Decimal,
  fieldsOf,
  IntegrationKey,
  MapEntity,
  OptionalField,
  parameter,
  ValueMap,
} from '@isthmus/core';
import { ORDER_TYPE, type SalesOrder } from '../psa.js';

const { From, is, path } = fieldsOf<SalesOrder>();

@MapEntity({
  task: 'project-contracts',
  title: 'Project contracts',
  source: 'salesorders',
  sourceId: 'salesorderid',
  destination: 'ProjCDSProjectContractEntity',
  filter: [is('msdyn_ordertype', ORDER_TYPE.workBased)],
  organization: path('msdyn_contractorganizationalunitid.msdyn_name'),
})
export class ProjectContract {
  @From('ordernumber') @IntegrationKey() ProjectContractID!: string;
  @From('name') Name!: string;
  @From('transactioncurrencyid.isocurrencycode') CurrencyCode!: string;
  @From('exchangerate') @Decimal() ExchangeRate!: string;
  @From('customerid_account.accountnumber', parameter('contactCustomer')) CustomerAccount!: string;
  @From('paymenttermscode') @ValueMap(parameter('paymentTerms')) PaymentTerms!: string;
  @Constant(parameter('sourceDataId')) SourceDataID!: string;

  @Constant(null) @OptionalField() CustomerReference!: string;
  @From('billto_city') @OptionalField() AddressCity!: string;
  @From('billto_country') @OptionalField() AddressCountryRegionId!: string;
  @From('billto_name') @OptionalField() AddressDescription!: string;
  @From('billto_line1') @OptionalField() AddressLine1!: string;
  @From('billto_line2') @OptionalField() AddressLine2!: string;
  @From('billto_stateorprovince') @OptionalField() AddressState!: string;
  @From('billto_postalcode') @OptionalField() AddressZipCode!: string;
}
