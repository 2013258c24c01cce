import { fieldsOf, MapEntity } from '@isthmus/core';
import {
  relationshipsOf,
  TRANSACTION_TABLE,
  TransactionRelationship,
  type TransactionConnection,
} from '@isthmus/project-accounting';

const { LookupByCrossReference } = fieldsOf<TransactionConnection>();

/**
 * Which actuals belong together: a sale and the cost that it came from, a reversal and its original. Waits for both;
 * one of an actual that is left out is left out too.
 */
@MapEntity(relationshipsOf(TRANSACTION_TABLE.actual, 'actual-relationships', 'Transaction connections of actuals'))
export class ActualRelationship extends TransactionRelationship {
  @LookupByCrossReference('actuals', 'msdyn_transaction1', { leftOutToo: true }) declare Transaction1Id: string;
  @LookupByCrossReference('actuals', 'msdyn_transaction2', { leftOutToo: true }) declare Transaction2Id: string;
}
