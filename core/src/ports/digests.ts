import type { TaskScope } from '../model/index.js';
import type { Lease } from './state-store.js';

/**
 * What rows looked like to the tasks that read something through a lookup to them, when those tasks last did: a digest
 * for each source row. One that is missing costs a look at the rows that refer to it, one that is wrong a change.
 */
export interface Digests {
  bySource(scope: TaskScope, sourceIds: readonly string[]): Promise<Map<string, string>>;
  /** Adds or replaces. */
  keep(scope: TaskScope, digests: ReadonlyMap<string, string>, lease?: Lease): Promise<void>;
  forget(scope: TaskScope, sourceIds: readonly string[]): Promise<void>;
  /** All that are kept for the task. */
  forgetAll(scope: TaskScope): Promise<void>;
}
