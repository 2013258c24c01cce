import type { RunRecord, RunStatus, TaskRecord, TaskScope } from '../model/index.js';
import type { SourceRow } from '../values/index.js';
import type { AuditTrail } from './audit-trail.js';
import type { Incidents } from './incidents.js';
import type { SavedPlans } from './plans.js';

/** What outlives a run. Everything is durable when the promise resolves. */
export interface StateStore {
  /** Given when the store was made; a copy has the same. */
  readonly identity: string;
  readonly runs: RunHistory;
  readonly crossReferences: CrossReferences;
  readonly held: HeldRecords;
  readonly checkpoints: Checkpoints;
  readonly leases: Leases;
  readonly audit: AuditTrail;
  readonly incidents: Incidents;
  readonly plans: SavedPlans;
  /** One transaction: what a batch came to. Either all of it is remembered, or none. */
  settle(settlement: Settlement): Promise<void>;
  /** The state as it is now, to try things out on: what is done to it reaches nothing else, and is gone when it is closed. */
  draft(): Promise<StateStore>;
  close(): Promise<void>;
}

export interface RunHistory {
  begin(run: { id: string; integrations: readonly string[]; startedAt: string }): Promise<void>;
  /** Adds or replaces the task's figures. */
  saveTask(runId: string, task: TaskRecord): Promise<void>;
  finish(
    runId: string,
    end: { status: RunStatus; finishedAt: string; balanced: boolean; error?: unknown },
  ): Promise<void>;
  get(runId: string): Promise<RunRecord | undefined>;
  /** Newest first. */
  list(limit: number): Promise<RunRecord[]>;
  /** The newest run of an integration. */
  last(integration: string): Promise<RunRecord | undefined>;
  /** @param since ISO 8601, UTC */
  delivered(integration: string, since: string): Promise<Delivered>;
  /**
   * Forgets runs that started before, except those under way and the newest of each integration.
   *
   * @param before ISO 8601, UTC
   * @returns how many
   */
  purge(before: string): Promise<number>;
}

export interface Delivered {
  /** Created, updated or deleted. */
  readonly records: number;
  /** Start of the integration's oldest run that is known; ISO 8601, UTC. */
  readonly watchedSince?: string;
}

/** Source row ↔ destination row, and the hash of what was last written. */
export interface CrossReference {
  /** The source row's primary key. */
  readonly sourceId: string;
  readonly legalEntity: string;
  /** `keyText` of the destination row's integration key. */
  readonly destinationKey: string;
  /** The key's values as written: what a lookup by cross-reference yields. */
  readonly keyValues: readonly (string | number | boolean | null)[];
  readonly hash: string;
}

export interface CrossReferences {
  bySource(scope: TaskScope, sourceIds: readonly string[]): Promise<Map<string, CrossReference>>;
  /** By `destinationKey`, within one legal entity. */
  byDestination(scope: TaskScope, legalEntity: string, keys: readonly string[]): Promise<Map<string, CrossReference>>;
  count(scope: TaskScope): Promise<number>;
}

/** A row that another record refers to; `key` is a destination key or a source id, as `by` says. */
export interface AwaitedRow extends TaskScope {
  readonly key: string;
  readonly by: 'key' | 'source';
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
  readonly attempts: number;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

export interface HeldFilter {
  readonly integration?: string;
  readonly task?: string;
  readonly runId?: string;
  readonly state?: HeldRecord['state'];
  readonly sourceIds?: readonly string[];
}

export interface HeldRecords {
  /** In pages, oldest first, so that any number can be walked in bounded memory. */
  list(filter: HeldFilter): AsyncIterable<HeldRecord[]>;
  count(filter: HeldFilter): Promise<number>;
  /**
   * Deferred records of the task whose awaited row has a cross-reference by now. In pages; a record that is settled
   * while the walk goes on is not returned again.
   */
  ready(scope: TaskScope): AsyncIterable<HeldRecord[]>;
}

export interface Checkpoint {
  /** Token for reading changes, where the source gives one. */
  readonly token?: string;
  /** Mapping, parameters and filter as they were: another fingerprint means a full read. */
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface Checkpoints {
  get(scope: TaskScope): Promise<Checkpoint | undefined>;
  save(scope: TaskScope, checkpoint: Checkpoint): Promise<void>;
  clear(scope: TaskScope): Promise<void>;
}

/** Keeps two processes from running the same integration at once. A lease not renewed in time may be taken over. */
export interface Leases {
  /** @returns the holder where somebody else has it */
  acquire(name: string, holder: string, ttlMs: number): Promise<{ holder: string; since: string } | undefined>;
  renew(name: string, holder: string, ttlMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

export interface Settlement extends TaskScope {
  readonly runId: string;
  readonly crossReferences: readonly CrossReference[];
  /** Source ids whose cross-reference goes (deleted rows). */
  readonly forgotten: readonly string[];
  /** Records to keep; replaces what was kept of the same source row and counts the attempt. */
  readonly held: readonly Omit<HeldRecord, 'integration' | 'task' | 'runId' | 'attempts'>[];
  /** Source ids that got through (or were filtered): no longer held. */
  readonly released: readonly string[];
}
