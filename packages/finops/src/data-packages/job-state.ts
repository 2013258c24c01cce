import type { JsonObject } from '@isthmus/odata';

const UNFINISHED = new Set(['NotStarted', 'Waiting', 'Executing', 'Ready', 'Cancelling', 'Hold']);

/**
 * Is something still to come of this entity of an execution? Staging that ends in an error leaves out the rows at fault, and
 * the others go on; where none does, the target says so itself. Behind a staging that was canceled nothing comes.
 */
export const isUnfinished = ({ StagingStatus, TargetStatus }: JsonObject): boolean =>
  UNFINISHED.has(String(TargetStatus)) && StagingStatus !== 'Canceled';
