import type { IsthmusError } from '../errors/index.js';
import type { Value } from '../values/index.js';
import type { RunStatus, TaskCounts, TaskRecord, TaskScope } from '../model/index.js';

/** What events happen within: a run, one of its tasks, one of that task's batches. */
export interface Activity extends Partial<TaskScope> {
  readonly runId?: string;
  /** 1, 2, 3 … within the task. */
  readonly batch?: number;
}

/**
 * What happens, for whoever shows, logs or measures it. Event → the one argument its listeners get.
 * Listeners only watch; what may change a record is a lifecycle hook.
 */
export interface Events {
  'run.started': { runId: string; integrations: readonly string[] };
  'run.finished': {
    runId: string;
    status: RunStatus;
    balanced: boolean;
    tasks: readonly TaskRecord[];
    /** Why the run as a whole failed: an error's `toJSON()`. */
    error?: unknown;
  };
  'task.started': TaskScope & { runId: string; template: string; mode: 'full' | 'changes'; reason?: string };
  /** After every page and every batch: the figures so far. */
  'task.progress': TaskScope & { runId: string; counts: TaskCounts };
  'task.finished': TaskRecord & { runId: string };
  'batch.started': BatchScope & { operations: number };
  'batch.written': BatchScope & { operations: number; refused: number; durationMs: number };
  /** Nothing can be said of any of its records; it is tried again, or the run ends. */
  'batch.failed': BatchScope & { operations: number; reason: string; durationMs: number };
  'record.deferred': TaskScope & { runId: string; record: string; waitsFor: string };
  'record.quarantined': TaskScope & { runId: string; record: string; error: IsthmusError };
  /** Both sides have changed a field, and the value of the one that masters it holds. */
  'record.conflict': TaskScope & {
    runId: string;
    record: string;
    field: string;
    last?: Value;
    values: Readonly<Record<string, Value>>;
    kept: string;
  };
  /** Something a person should know and that stops nothing. */
  notice: Partial<TaskScope> & { message: string; remedy?: string };
  /** Something that a template had left to do in the destination, and that is done. */
  conclusion: { integration: string; message: string };
  'request.sent': { connection: string; method: string; url: string; status: number; durationMs: number };
  /** There was no answer. */
  'request.failed': { connection: string; method: string; url: string; reason: string; durationMs: number };
  'request.retried': {
    connection: string;
    method: string;
    url: string;
    attempt: number;
    delayMs: number;
    reason: string;
  };
}

type BatchScope = TaskScope & { runId: string; batch: number };
