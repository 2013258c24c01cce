import { fieldsOf, Guid, IntegrationKey, LookupInDestination, MapEntity } from '@isthmus/core';
import { TRANSACTION_TABLE } from '@isthmus/project-accounting';
import type { FinopsRelationship } from '../rows.js';

const { From, is } = fieldsOf<FinopsRelationship>();

const ACTUAL = ['msdyn_actuals', 'msdyn_actualid'] as const;

/**
 * Which actuals belong together; new are the connections of tax actuals with what they are the tax of. PSA keeps both ends
 * as texts and tests neither: a connection is written only where both actuals are there.
 */
@MapEntity({
  task: 'posted-relationships',
  title: 'Transaction connections of posted actuals',
  source: 'ProjCDSTransactionRelationshipImportEntity',
  sourceId: 'ConnectionId',
  destination: 'msdyn_transactionconnections',
  filter: [is('Transaction1Type', TRANSACTION_TABLE.actual)],
})
export class PostedRelationship {
  @From('ConnectionId') @IntegrationKey() msdyn_transactionconnectionid!: string;
  @From('Transaction1Id') @Guid() @LookupInDestination(...ACTUAL) msdyn_transaction1!: string;
  @From('Transaction1Role') msdyn_transaction1role!: string;
  @From('Transaction1Type') msdyn_transaction1type!: string;
  @From('Transaction2Id') @Guid() @LookupInDestination(...ACTUAL) msdyn_transaction2!: string;
  @From('Transaction2Role') msdyn_transaction2role!: string;
  @From('Transaction2Type') msdyn_transaction2type!: string;
}
