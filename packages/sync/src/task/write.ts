import { isIsthmusError, type IsthmusError } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { TaskContext } from './context.js';
import type { Decision } from './decide.js';
import { isolate, type Attempt, type Stuck } from './isolate.js';
import { PAUSES } from './patience.js';
import type { TaskRecord } from './record.js';

const SHORTEST_PAUSE = Math.min(...PAUSES);

/** After a lost answer: what is left to do of these. */
export interface SecondLook {
  decideAgain(records: readonly TaskRecord[]): Promise<Decision[]>;
}

/**
 * Writes decided operations and puts an outcome on every record. Where an answer was lost, the destination is asked
 * what became of the rows before anything is sent again: nothing is created twice. Only attempts in vain use up patience:
 * as long as records get through, it goes on. When it is used up, the row at fault is looked for.
 */
export async function write(context: TaskContext, decider: SecondLook, decisions: readonly Decision[]): Promise<void> {
  const attempt: Attempt = (rows, pauses) => writePatiently(context, decider, rows, pauses);
  const stuck = await attempt(decisions, PAUSES);
  if (stuck) await isolate(stuck, attempt);
}

/** @returns what fails as a whole, however long it is waited for */
async function writePatiently(
  context: TaskContext,
  decider: SecondLook,
  decisions: readonly Decision[],
  pauses: readonly number[],
): Promise<Stuck | undefined> {
  let open = decisions;
  let inVain = 0;
  while (open.length > 0) {
    const before = open.length;
    const mayRetry = inVain < pauses.length;
    let failure: IsthmusError | undefined;
    try {
      open = await writeOnce(context, open, mayRetry);
    } catch (thrown) {
      if (!isIsthmusError(thrown) || thrown.recovery !== 'retry') throw thrown;
      failure = thrown;
    }
    if (open.length === 0) return undefined;
    // The service may still be at work on what it did not answer.
    await context.clock.sleep(pauses[inVain] ?? SHORTEST_PAUSE);
    open = await lookAgain(decider, open);
    if (open.length > 0 && failure && !mayRetry) return { open, failure };
    inVain = open.length < before ? 0 : inVain + 1;
  }
  return undefined;
}

/** What a record counts as whose operation was done. */
export const OUTCOME = { create: 'created', update: 'updated', delete: 'deleted' } as const;

/** @returns what should be tried once more */
async function writeOnce(context: TaskContext, decisions: readonly Decision[], mayRetry: boolean): Promise<Decision[]> {
  const { scope, runId, mapping, lifecycle, destination, events, signal, tally } = context;
  signal.throwIfAborted();
  const hookContext = { ...scope, runId, operations: decisions.map(({ operation }) => operation) };
  const operations = await lifecycle.beforeWrite({ ...hookContext, dryRun: false });
  const batch = { ...scope, runId, batch: tally.nextBatch(), operations: operations.length };
  events.emit('batch.started', batch);
  const started = performance.now();
  const duration = () => Math.round(performance.now() - started);
  // Not cancelled with the run: a write under way is finished, so that its answer is not lost.
  const outcomes = await events
    .within({ batch: batch.batch }, () => destination.write({ entity: mapping.entity.destination, operations }))
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      events.emit('batch.failed', { ...batch, reason, durationMs: duration() });
      throw error;
    });
  await lifecycle.call('afterWrite', { ...hookContext, operations, outcomes });

  const again: Decision[] = [];
  let refused = 0;
  let failure: IsthmusError | undefined;
  decisions.forEach((decision, i) => {
    const outcome = outcomes[i];
    if (outcome?.ok) {
      decision.record.outcome = OUTCOME[decision.operation.kind];
      return;
    }
    refused++;
    const error = outcome?.error ?? syncErrors.WRITE_UNANSWERED({ operation: decision.operation.kind });
    // What stops every record is no fault of this one: quarantine would keep it back when the way is clear again.
    if (error.recovery === 'fatal') failure ??= error;
    else if (error.recovery === 'retry' && mayRetry) again.push(decision);
    else if (outcome?.ok === false && outcome.systemic) failure ??= error;
    else decision.record.faults.push(error);
  });
  events.emit('batch.written', { ...batch, refused, durationMs: duration() });
  if (failure) throw failure;
  return again;
}

/** A create whose row is there by now has been done: its record counts as created. */
async function lookAgain(decider: SecondLook, open: readonly Decision[]): Promise<Decision[]> {
  const kinds = new Map(open.map(({ record, operation }) => [record, operation.kind]));
  const decided = await decider.decideAgain([...kinds.keys()]);
  for (const [record, kind] of kinds) {
    if (record.outcome === 'unchanged') record.outcome = OUTCOME[kind];
  }
  return decided;
}
