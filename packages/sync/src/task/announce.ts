import type { TaskContext } from './context.js';
import { labelOf, type TaskRecord } from './record.js';
import { errorsOf } from './settle.js';

/** Tells whoever listens what a batch came to. */
export async function announce(context: TaskContext, records: readonly TaskRecord[]): Promise<void> {
  const { events, scope, runId, lifecycle } = context;
  tellConflicts(context, records);
  for (const record of records) {
    if (record.outcome === 'deferred') {
      const waitsFor = `${record.waitsFor?.task} ${record.waitsFor?.key}`;
      events.emit('record.deferred', { ...scope, runId, record: labelOf(record), waitsFor });
    } else if (record.outcome === 'quarantined') {
      const errors = errorsOf(record, scope);
      const [error] = errors;
      if (error) events.emit('record.quarantined', { ...scope, runId, record: labelOf(record), error });
      const { sourceId } = record;
      await lifecycle.call('onQuarantine', { runId, record: { ...scope, sourceId, key: labelOf(record) }, errors });
    }
  }
}

/** Those that were settled by a master; what waits for a person is quarantined, and told as such. */
function tellConflicts({ events, scope, runId }: TaskContext, records: readonly TaskRecord[]): void {
  const settled = records.flatMap((record) => {
    const conflicts = record.outcome === 'quarantined' ? [] : (record.conflicts ?? []);
    return conflicts.flatMap(({ kept, ...conflict }) =>
      kept === undefined ? [] : { ...scope, runId, record: labelOf(record), ...conflict, kept },
    );
  });
  for (const conflict of settled) events.emit('record.conflict', conflict);
  for (const side of new Set(settled.map(({ kept }) => kept))) {
    const [first, ...others] = settled.filter(({ kept }) => kept === side);
    const what = others.length === 0 ? 'One field was' : `${others.length + 1} fields were`;
    const example = `${first?.field} of ${first?.record}${others.length === 0 ? '' : ', …'}`;
    events.emit('notice', {
      ...scope,
      message: `${what} changed on both sides, and the value of ${side} holds: ${example}`,
    });
  }
}
