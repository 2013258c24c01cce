/** A row of `ProjCDSCategoryEntity`: a category of a legal entity. */
export interface FinopsCategory {
  CategoryId: string;
  /** The `msdyn_transactioncategoryid` of its twin in PSA; null as long as it is not linked. */
  IntegrationId: string | null;
}

/** A row of `msdyn_transactioncategory`. */
export interface PsaCategory {
  msdyn_transactioncategoryid: string;
  msdyn_name: string | null;
}
