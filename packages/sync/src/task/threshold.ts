import { syncErrors } from '../errors.js';
import type { TaskContext } from './context.js';
import type { TaskRecord } from './record.js';
import { settle } from './settle.js';

/** Fewer than this say nothing about a share. */
const TELLING = 10;

/**
 * Stops a task that quarantines too much, before the batch is written: a mapping or a source that went wrong as a whole
 * should not be half delivered. What is wrong is kept, so that it can be looked at; the rest of the batch counts as not
 * read, and comes again with the next run.
 */
export async function stopIfTooMany(context: TaskContext, batch: readonly TaskRecord[]): Promise<void> {
  const { integration, scope, tally, execution } = context;
  const limit = integration.maxQuarantined(scope.task);
  // A plan is there to be looked at as a whole.
  if (limit === undefined || execution.dryRun) return;
  const faulty = batch.filter(({ faults }) => faults.length > 0);
  if (faulty.length === 0) return;
  const { read, quarantined: before } = tally.counts();
  const quarantined = before + faulty.length;
  const tooMany =
    typeof limit === 'number'
      ? quarantined > limit
      : quarantined >= TELLING && (100 * quarantined) / read > Number.parseFloat(limit);
  if (!tooMany) return;
  tally.took(faulty.length - batch.length);
  await settle(context, faulty);
  throw syncErrors.TASK_QUARANTINES_TOO_MUCH({ quarantined, read, limit: String(limit) }, { place: scope });
}
