import type { Currency, OrganizationalUnit, ProjectReference } from '@isthmus/project-accounting';

/**
 * The rows of Project Service Automation that this plugin reads: logical names as in the Common Data Model
 * (`crmCommon/sales/Order`, `projectServiceAutomation/*`). Only the fields that a mapping uses.
 */

export interface Customer {
  accountnumber: string | null;
}

export interface SalesOrder {
  salesorderid: string;
  ordernumber: string | null;
  name: string | null;
  /** See `ORDER_TYPE`. */
  msdyn_ordertype: number | null;
  /** 1 Net 30, 2 "2% 10, Net 30", 3 Net 45, 4 Net 60. */
  paymenttermscode: number | null;
  /** Transaction-currency units for one unit of the base currency; decimal as text. */
  exchangerate: string | null;
  billto_name: string | null;
  billto_line1: string | null;
  billto_line2: string | null;
  billto_city: string | null;
  billto_stateorprovince: string | null;
  billto_postalcode: string | null;
  billto_country: string | null;
  transactioncurrencyid: Currency | null;
  customerid_account: Customer | null;
  customerid_contact: Customer | null;
  msdyn_contractorganizationalunitid: OrganizationalUnit | null;
}

export interface Project extends ProjectReference {
  msdyn_subject: string | null;
  msdyn_description: string | null;
  msdyn_scheduledstart: string | null;
  msdyn_scheduledend: string | null;
  msdyn_actualstart: string | null;
  msdyn_actualend: string | null;
  _msdyn_salesorderid_value: string | null;
  msdyn_salesorderid: SalesOrder | null;
  msdyn_customer: Customer | null;
}

export interface SalesOrderDetail {
  salesorderdetailid: string;
  sequencenumber: number | null;
  productdescription: string | null;
  /** 192350000 time and material, 192350001 fixed price. */
  msdyn_billingmethod: number | null;
  salesorderid: SalesOrder | null;
  msdyn_project: Project | null;
}

export interface ContractLineMilestone {
  msdyn_contractlinescheduleofvalueid: string;
  msdyn_name: string | null;
  msdyn_invoicedate: string | null;
  /** Decimal as text, in the transaction currency. */
  msdyn_amount: string | null;
  /** PSA 2.x: the line's id as text. */
  msdyn_contractline: string | null;
  /** PSA 3.x: the line's id. */
  _msdyn_contractlineid_value: string | null;
  msdyn_contract: SalesOrder | null;
  transactioncurrencyid: Currency | null;
}

/** Option set `msdyn_ordertype`. Only work-based orders are project contracts. */
export const ORDER_TYPE = { itemBased: 192350000, workBased: 192350001 } as const;
