import type { Currency, OrganizationalUnit, ProjectReference, SalesContract } from '@isthmus/project-accounting';

/** A row of `msdyn_actual`. Decimals as text; amounts in the transaction currency, `_base` in that of the organisation. */
export interface PsaActual {
  msdyn_actualid: string;
  msdyn_description: string | null;
  msdyn_externaldescription: string | null;
  msdyn_externalreferenceid: string | null;
  msdyn_accountingdate: string | null;
  msdyn_documentdate: string | null;
  msdyn_startdatetime: string | null;
  msdyn_enddatetime: string | null;
  msdyn_exchangeratedate: string | null;
  msdyn_transactionclassification: number | null;
  msdyn_transactiontypecode: number | null;
  msdyn_billingtype: number | null;
  exchangerate: string | null;
  msdyn_amount: string | null;
  msdyn_amount_base: string | null;
  msdyn_price: string | null;
  msdyn_price_base: string | null;
  msdyn_quantity: string | null;
  _msdyn_task_value: string | null;
  _msdyn_transactioncategory_value: string | null;
  _msdyn_contractorganizationalunitid_value: string | null;
  _msdyn_resourceorganizationalunitid_value: string | null;
  transactioncurrencyid: Currency | null;
  msdyn_project: ProjectReference | null;
  msdyn_salescontract: SalesContract | null;
  msdyn_contractorganizationalunitid: OrganizationalUnit | null;
  msdyn_resourceorganizationalunitid: OrganizationalUnit | null;
}
