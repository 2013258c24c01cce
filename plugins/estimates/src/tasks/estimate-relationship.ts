import { MapEntity } from '@isthmus/core';
import { relationshipsOf, TRANSACTION_TABLE, TransactionRelationship } from '@isthmus/project-accounting';

/** Which estimate lines belong together: cost and sales of the same expense. */
@MapEntity(
  relationshipsOf(TRANSACTION_TABLE.estimateLine, 'estimate-relationships', 'Transaction relationships of estimates'),
)
export class EstimateRelationship extends TransactionRelationship {}
