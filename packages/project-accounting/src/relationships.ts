import { fieldsOf, IntegrationKey, type EntityDeclaration } from '@isthmus/core';
import type { TRANSACTION_TABLE } from './option-sets.js';

/** A transaction connection of PSA: both ends as text, with the table that each is a row of and its role. */
export interface TransactionConnection {
  msdyn_transactionconnectionid: string;
  msdyn_transaction1: string | null;
  msdyn_transaction1role: string | null;
  msdyn_transaction1type: string | null;
  msdyn_transaction2: string | null;
  msdyn_transaction2role: string | null;
  msdyn_transaction2type: string | null;
}

const { From, is } = fieldsOf<TransactionConnection>();

type TransactionTable = (typeof TRANSACTION_TABLE)[keyof typeof TRANSACTION_TABLE];

/** Connections whose first end is a row of `table`. They belong to no legal entity. */
export const relationshipsOf = (table: TransactionTable, task: string, title: string): EntityDeclaration => ({
  task,
  title,
  source: 'msdyn_transactionconnections',
  sourceId: 'msdyn_transactionconnectionid',
  destination: 'ProjCDSTransactionRelationshipImportEntity',
  filter: [is('msdyn_transaction1type', table)],
});

/** The seven fields that relationships of estimates and of actuals have in common. */
export abstract class TransactionRelationship {
  @From('msdyn_transactionconnectionid') @IntegrationKey() ConnectionId!: string;
  @From('msdyn_transaction1') Transaction1Id!: string;
  @From('msdyn_transaction1role') Transaction1Role!: string;
  @From('msdyn_transaction1type') Transaction1Type!: string;
  @From('msdyn_transaction2') Transaction2Id!: string;
  @From('msdyn_transaction2role') Transaction2Role!: string;
  @From('msdyn_transaction2type') Transaction2Type!: string;
}
