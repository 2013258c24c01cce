import type { JsonObject } from '@isthmus/odata';

const UNFINISHED = new Set(['NotStarted', 'Waiting', 'Executing', 'Ready', 'Cancelling', 'Hold']);

/**
 * Is something still to come of this entity of an execution? Staging that ends in an error leaves out the rows at fault, and
 * the others go on; where none does, the target says so itself. Behind a staging that was canceled nothing comes.
 */
export const isUnfinished = ({ StagingStatus, TargetStatus }: JsonObject): boolean =>
  UNFINISHED.has(String(TargetStatus)) && StagingStatus !== 'Canceled';

/**
 * What the entities of an execution say of it as a whole, in the words of its status. How many rows of a failed one got
 * through, their counts tell.
 *
 * @returns undefined where there is none
 */
export function statusOf(jobs: readonly JsonObject[]): string | undefined {
  if (jobs.length === 0) return undefined;
  if (jobs.some(isUnfinished)) return 'Executing';
  const steps = jobs.flatMap(({ StagingStatus, TargetStatus }) => [StagingStatus, TargetStatus]);
  if (steps.includes('Canceled')) return 'Canceled';
  return steps.every((step) => step === 'Finished') ? 'Succeeded' : 'Failed';
}
