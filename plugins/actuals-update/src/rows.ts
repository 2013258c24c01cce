/** A row of `ProjCDSActualsImportEntity`. Decimals as text; GUIDs null where they are empty. */
export interface FinopsActual {
  ActualId: string;
  AccountingDate: string | null;
  DocumentDate: string | null;
  StartDate: string | null;
  EndDate: string | null;
  ExchangeRateDate: string | null;
  ExchangeRate: string;
  Amount: string;
  /** In the base currency of PSA. */
  AmountMST: string;
  UnitPrice: string;
  UnitPriceMST: string;
  Quantity: string;
  BillingType: string;
  TransType: string;
  /** The option value of PSA as it is; as digits. */
  TransactionClassification: number;
  TransactionCategory: string | null;
  TransactionCurrencyId: string | null;
  ProjectId: string | null;
  TaskId: string | null;
  ContractingUnit: string | null;
  ResourceOperationUnitId: string | null;
  Description: string | null;
  ExternalDescription: string | null;
  ExternalReference: string | null;
  /** Empty until the transaction is posted. */
  Voucher: string | null;
}

/** A row of `ProjCDSTransactionRelationshipImportEntity`. */
export interface FinopsRelationship {
  ConnectionId: string;
  Transaction1Id: string;
  Transaction1Role: string;
  Transaction1Type: string;
  Transaction2Id: string;
  Transaction2Role: string;
  Transaction2Type: string;
}
