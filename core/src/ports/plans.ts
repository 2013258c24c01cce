import type { TaskScope } from '../model/index.js';
import type { Checkpoint } from './state-store.js';

/** What the store knows of a plan that was saved. The plan itself is a file, and the same state gives the same file. */
export interface SavedPlan {
  /** Of the file. */
  readonly digest: string;
  /** How far its reading went: what the tasks go on from once it has been applied. */
  readonly checkpoints: readonly (TaskScope & { readonly checkpoint: Checkpoint })[];
  /** The run that applied it to the end. */
  readonly appliedBy?: string;
}

export interface SavedPlans {
  /** Adds it, or replaces what was known of a plan with the same digest. Only the latest are kept. */
  save(plan: SavedPlan): Promise<void>;
  get(digest: string): Promise<SavedPlan | undefined>;
}
