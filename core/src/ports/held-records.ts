import type { TaskScope } from '../model/index.js';
import type { SourceRow } from '../values/index.js';

/** A row that another record refers to; `key` is a destination key or a source id, as `by` says. */
export interface AwaitedRow extends TaskScope {
  readonly key: string;
  readonly by: 'key' | 'source';
  /** In which the row is looked for by its key; not always that of the record that waits. */
  readonly legalEntity: string;
}

/** A record that did not get through, kept whole. */
export interface HeldRecord extends TaskScope {
  readonly state: 'deferred' | 'quarantined';
  readonly sourceId: string;
  /** Integration key as text for people, where it is known. */
  readonly key: string;
  readonly legalEntity: string;
  readonly source: SourceRow;
  /** What would have been written, as far as the mapping got. */
  readonly mapped?: Readonly<Record<string, unknown>>;
  /** Why: errors' `toJSON()`. */
  readonly errors: readonly unknown[];
  /** Code of the first error. */
  readonly code: string;
  /** Deferred: the row it waits for, by its integration key (`destinationKey`) or by its source id. */
  readonly waitsFor?: AwaitedRow;
  /** What has kept it back may pass by itself: every run reads it again. */
  readonly again: boolean;
  /** Its row is gone from the source, and something is left to do about the one in the destination. */
  readonly gone?: boolean;
  readonly attempts: number;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** Without the rows, which are some kilobytes each. */
export type HeldOutline = Omit<HeldRecord, 'source' | 'mapped'>;

/** All that is given must fit. */
export interface HeldFilter {
  readonly integration?: string;
  readonly integrations?: readonly string[];
  readonly task?: string;
  readonly runId?: string;
  readonly state?: HeldRecord['state'];
  readonly code?: string;
  readonly legalEntity?: string;
  /** Integration key or source id, in any case. */
  readonly key?: string;
  readonly sourceIds?: readonly string[];
  readonly again?: true;
  readonly gone?: true;
}

export interface HeldRecords {
  /** In pages, oldest first, so that any number can be walked in bounded memory. */
  list(filter: HeldFilter): AsyncIterable<HeldRecord[]>;
  /** As `list`, and several times faster. */
  outlines(filter: HeldFilter): AsyncIterable<HeldOutline[]>;
  count(filter: HeldFilter): Promise<number>;
  /** Stops at the first one. */
  has(filter: HeldFilter): Promise<boolean>;
  /**
   * Deferred records of the task whose awaited row has got a cross-reference. In pages; costs nothing for those that
   * still wait. A record that is settled while the walk goes on is not returned again.
   */
  ready(scope: TaskScope): AsyncIterable<HeldRecord[]>;
}

/**
 * What a person has decided about one held record. It stands until the source row changes: a row that was put right
 * goes its own way again.
 */
export interface Ruling {
  readonly sourceId: string;
  /** Integration key as text for people, where it is known. */
  readonly key: string;
  readonly legalEntity: string;
  /** `edit`: these values instead of the mapped ones. `drop`: the row is left out. */
  readonly kind: 'edit' | 'drop';
  readonly fields?: Readonly<Record<string, string | number | boolean | null>>;
  /** Hash of what the mapping reads of the source row. */
  readonly sourceHash: string;
  readonly reason: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface Rulings {
  /** By source id. */
  get(scope: TaskScope, sourceIds: readonly string[]): Promise<Map<string, Ruling>>;
  has(scope: TaskScope): Promise<boolean>;
  list(
    filter: Pick<HeldFilter, 'integration' | 'integrations' | 'task' | 'legalEntity' | 'key'>,
  ): AsyncIterable<(TaskScope & Ruling)[]>;
  /** Replaces earlier rulings on the same rows. What is dropped is held no longer, in the same transaction. */
  put(scope: TaskScope, rulings: readonly Ruling[]): Promise<void>;
  lift(scope: TaskScope, sourceIds: readonly string[]): Promise<void>;
}
