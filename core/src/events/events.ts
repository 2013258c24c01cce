import type { IsthmusError } from '../errors/index.js';
import type { RunStatus, TaskCounts, TaskRecord, TaskScope } from '../model/index.js';

/**
 * What happens, for whoever shows, logs or measures it. Event → the one argument its listeners get.
 * Listeners only watch; what may change a record is a lifecycle hook.
 */
export interface Events {
  'run.started': { runId: string; integrations: readonly string[] };
  'run.finished': { runId: string; status: RunStatus; balanced: boolean; tasks: readonly TaskRecord[] };
  'task.started': TaskScope & { runId: string; template: string; mode: 'full' | 'changes'; reason?: string };
  /** After every page and every batch: the figures so far. */
  'task.progress': TaskScope & { runId: string; counts: TaskCounts };
  'task.finished': TaskRecord & { runId: string };
  'batch.written': TaskScope & { runId: string; operations: number; refused: number; durationMs: number };
  'record.deferred': TaskScope & { runId: string; record: string; waitsFor: string };
  'record.quarantined': TaskScope & { runId: string; record: string; error: IsthmusError };
  /** Something a person should know and that stops nothing. */
  notice: Partial<TaskScope> & { message: string; remedy?: string };
  'request.sent': { connection: string; method: string; url: string; status: number; durationMs: number };
  'request.retried': {
    connection: string;
    method: string;
    url: string;
    attempt: number;
    delayMs: number;
    reason: string;
  };
}
