import type { TaskCounts } from './outcome.js';

/** A task of an integration: the scope of cross-references, held records and checkpoints. */
export interface TaskScope {
  readonly integration: string;
  readonly task: string;
}

export type RunStatus = 'running' | 'succeeded' | 'warning' | 'failed';

export interface RunRecord {
  readonly id: string;
  readonly integrations: readonly string[];
  readonly status: RunStatus;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly balanced?: boolean;
  readonly tasks: readonly TaskRecord[];
  /** Why the run as a whole failed: an error's `toJSON()`. */
  readonly error?: unknown;
}

export interface TaskRecord extends TaskScope, TaskCounts {
  readonly template: string;
  readonly durationMs: number;
}
