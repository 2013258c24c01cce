import type { Settlement } from '@isthmus/core';
import type { TaskContext } from './context.js';
import type { Decision } from './decide.js';
import type { TaskRecord } from './record.js';
import type { SecondLook } from './write.js';

/** What becomes of decisions: a run writes them, a plan takes them as done and notes them down. */
export interface Execution {
  /** Nothing is written; hooks are told. */
  readonly dryRun: boolean;
  /** Batches under way at once: while they are written, the next rows are read, mapped and decided. */
  readonly batches: number;
  /** Carries decisions out, and puts an outcome on their records. */
  carryOut(context: TaskContext, decider: SecondLook, decisions: readonly Decision[]): Promise<void>;
  /** A batch has its outcomes, durably. */
  settled(context: TaskContext, records: readonly TaskRecord[], settlement: Settlement): Promise<void>;
}
