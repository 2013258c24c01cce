import type { TaskContext } from './context.js';
import { labelOf, type TaskRecord } from './record.js';
import { errorsOf } from './settle.js';

/** Tells whoever listens what a batch came to. */
export async function announce(context: TaskContext, records: readonly TaskRecord[]): Promise<void> {
  const { events, scope, runId, lifecycle } = context;
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
