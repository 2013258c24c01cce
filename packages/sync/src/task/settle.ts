import type { HeldRecord, IsthmusError, Settlement, TaskScope } from '@isthmus/core';
import type { TaskContext } from './context.js';
import { labelOf, type TaskRecord } from './record.js';
import { waitingError } from './resolve.js';

type Held = Settlement['held'][number];

/**
 * Gives every record its outcome and makes it durable, all of them in one transaction.
 *
 * @param answers the journal's numbers of the batches in which they were sent
 */
export async function settle(
  context: TaskContext,
  records: readonly TaskRecord[],
  answers: readonly number[] = [],
): Promise<void> {
  const { store, scope, runId, tally, heldBefore, execution, events } = context;
  const held: Held[] = [];
  const crossReferences: Settlement['crossReferences'][number][] = [];
  const released: string[] = [];
  for (const record of records) {
    record.outcome = outcomeOf(record);
    switch (record.outcome) {
      case 'deferred':
      case 'quarantined':
        held.push(hold(record, record.outcome, scope));
        // The row is there; what a person decides is remembered with it.
        if (record.conflicts && !record.known) crossReferences.push(refer({ ...record, hash: '' }));
        break;
      case 'filtered':
        released.push(record.sourceId);
        break;
      default:
        released.push(record.sourceId);
        if (record.gone) break;
        if (record.outcome !== 'unchanged' || isNews(record)) crossReferences.push(refer(record));
        if (record.later) held.push(hold({ ...record, waitsFor: record.later }, 'deferred', scope));
    }
  }
  // Where nothing is held there is nothing to release, which is so for most batches.
  const gone = records.filter((record) => record.gone).map(({ sourceId }) => sourceId);
  const mayRelease = heldBefore || tally.holds || gone.length > 0;
  const settlement = {
    ...scope,
    runId,
    crossReferences,
    held,
    released: mayRelease ? released : [],
    forgotten: gone,
    answers,
    lifted: records.filter(({ overtaken }) => overtaken).map(({ sourceId }) => sourceId),
  };
  await store.settle(settlement);
  for (const record of records) if (record.outcome) tally.settled(record.outcome);
  tally.comesAgain(records.filter(({ later, faults }) => later !== undefined && faults.length === 0).length);
  await execution.settled(context, records, settlement);
  events.emit('task.progress', { ...scope, runId, counts: tally.counts() });
}

function outcomeOf(record: TaskRecord): NonNullable<TaskRecord['outcome']> {
  if (record.faults.length > 0) return 'quarantined';
  if (record.outcome) return record.outcome;
  return 'deferred';
}

/** Something else is known of the row than before. */
const isNews = ({ known, hash, agreed }: TaskRecord): boolean =>
  known?.hash !== hash || (agreed !== undefined && JSON.stringify(agreed) !== JSON.stringify(known.agreed));

function refer(record: TaskRecord): Settlement['crossReferences'][number] {
  const { sourceId, legalEntity, key, keyValues, hash, agreed = record.known?.agreed } = record;
  return { sourceId, legalEntity, destinationKey: key, keyValues, hash, ...(agreed ? { agreed } : {}) };
}

function hold(record: TaskRecord, state: HeldRecord['state'], scope: TaskScope): Held {
  const errors = errorsOf(record, scope);
  return {
    state,
    sourceId: record.sourceId,
    key: labelOf(record),
    legalEntity: record.legalEntity,
    source: record.source,
    mapped: record.mapped,
    errors: errors.map((fault) => fault.toJSON()),
    code: errors[0]?.code ?? '',
    again: errors[0] !== undefined && mayPass(errors[0]),
    since: new Date().toISOString(),
    ...(record.gone ? { gone: true } : {}),
    ...(record.waitsFor && state === 'deferred' ? { waitsFor: record.waitsFor } : {}),
  };
}

/** A busy service, or a row with the same number that may have been deleted since. */
const mayPass = ({ code, recovery }: IsthmusError): boolean => recovery === 'retry' || code === 'RECORD_KEY_DOUBLE';

/** With the place, so that each can be understood by itself. */
export function errorsOf(record: TaskRecord, scope: TaskScope): IsthmusError[] {
  const { legalEntity } = record;
  const place = { ...scope, record: labelOf(record), ...(legalEntity ? { legalEntity } : {}) };
  const waits = record.faults.length === 0 && record.waitsFor !== undefined;
  return (waits ? [waitingError(record)] : record.faults).map((fault) => fault.at(place));
}
