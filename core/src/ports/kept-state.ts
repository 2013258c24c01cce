import type { TaskScope } from '../model/index.js';
import type { HeldRecord, Ruling } from './held-records.js';
import type { Checkpoint, CrossReference, Lease } from './state-store.js';

/** One thing that is remembered of a task. */
export type StateEntry = TaskScope & KindOfEntry;

type KindOfEntry =
  | { readonly kind: 'checkpoint'; readonly value: Checkpoint }
  | { readonly kind: 'reference'; readonly value: CrossReference }
  | { readonly kind: 'held'; readonly value: Omit<HeldRecord, keyof TaskScope> }
  | { readonly kind: 'ruling'; readonly value: Ruling };

export type StateKind = StateEntry['kind'];

/** A change of the state that a person has made. */
export interface StateChange {
  readonly action: string;
  readonly tasks: readonly TaskScope[];
  /** Kinds of entries that were replaced. */
  readonly kinds: readonly StateKind[];
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** The state of tasks as a whole, for those who look after it. Every change can be undone. */
export interface KeptState {
  /** In pages; checkpoints first. */
  entries(tasks: readonly TaskScope[]): AsyncIterable<StateEntry[]>;
  /** In one transaction, while nobody else has one of the leases: what was there is kept for `undo`. */
  replace(change: StateChange, entries: AsyncIterable<readonly StateEntry[]>, leases: readonly Lease[]): Promise<void>;
  /** Changes that can be undone, newest first. */
  changes(): Promise<(StateChange & { readonly id: number })[]>;
  /** Puts back what the change has replaced, and forgets it and all later ones. */
  undo(id: number, leases: readonly Lease[]): Promise<void>;
}
