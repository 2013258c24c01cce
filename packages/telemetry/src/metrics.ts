import { OUTCOMES, type EventBus } from '@isthmus/core';
import type { Meter } from '@opentelemetry/api';

/** Counts and times what happens. Names and units follow OpenTelemetry's conventions; durations are in seconds. */
export function measure(events: EventBus, meter: Meter): void {
  const runs = meter.createCounter('isthmus.runs', { description: 'Runs that have ended, by status.' });
  const records = meter.createCounter('isthmus.records', { description: 'Records, by outcome.' });
  const operations = meter.createCounter('isthmus.operations', { description: 'Writes asked for, by result.' });
  const retries = meter.createCounter('isthmus.request.retries', { description: 'Requests sent again.' });
  const taskTime = meter.createHistogram('isthmus.task.duration', { unit: 's', description: 'How long tasks take.' });
  const batchTime = meter.createHistogram('isthmus.batch.duration', {
    unit: 's',
    description: 'How long batches take.',
  });
  const requestTime = meter.createHistogram('isthmus.request.duration', {
    unit: 's',
    description: 'How long the systems take to answer.',
  });

  events.on('run.finished', ({ status, tasks }) => {
    runs.add(1, { status });
    // Not when a task has finished: one that has several passes tells the same records each time.
    for (const { integration, task, ...counts } of tasks) {
      for (const outcome of OUTCOMES) {
        if (counts[outcome] > 0) records.add(counts[outcome], { integration, task, outcome });
      }
    }
  });
  events.on('task.finished', ({ integration, task, durationMs }) =>
    taskTime.record(durationMs / 1000, { integration, task }),
  );
  events.on('batch.written', ({ integration, task, operations: all, refused, durationMs }) => {
    batchTime.record(durationMs / 1000, { integration, task });
    operations.add(all - refused, { integration, task, result: 'accepted' });
    if (refused > 0) operations.add(refused, { integration, task, result: 'refused' });
  });
  events.on('request.sent', ({ connection, method, status, durationMs }) =>
    requestTime.record(durationMs / 1000, { connection, method, status }),
  );
  events.on('request.failed', ({ connection, method, durationMs }) =>
    requestTime.record(durationMs / 1000, { connection, method, status: 'none' }),
  );
  events.on('request.retried', ({ connection }) => retries.add(1, { connection }));
}
