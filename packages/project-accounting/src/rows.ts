/** PSA rows that several templates follow a lookup to: logical names as in the Common Data Model; only what mappings use. */

export interface Currency {
  isocurrencycode: string;
}

export interface OrganizationalUnit {
  msdyn_name: string;
}

/** The project contract that a transaction is billed by. */
export interface SalesContract {
  salesorderid: string;
  ordernumber: string | null;
}

/** A project as transactions and tasks see it. */
export interface ProjectReference {
  msdyn_projectid: string;
  /** Added by the integration solution; natural, unique key such as PRJ-01049-CCNID0. */
  msdynce_projectnumber: string | null;
  msdyn_contractorganizationalunitid: OrganizationalUnit | null;
}
