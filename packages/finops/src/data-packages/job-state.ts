import type { JsonObject } from '@isthmus/odata';

const UNFINISHED = new Set(['NotStarted', 'Waiting', 'Executing', 'Ready', 'Cancelling', 'Hold']);
/** A step behind such a one is never taken. */
const LAST = new Set(['Error', 'Canceled']);

/** Is something still to come of this entity of an execution? */
export const isUnfinished = ({ StagingStatus, TargetStatus }: JsonObject): boolean =>
  UNFINISHED.has(String(TargetStatus)) && !LAST.has(String(StagingStatus));
