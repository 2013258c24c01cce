import type { RunRecord, RunStatus, TaskRecord, TaskScope } from '../model/index.js';
import type { AuditTrail } from './audit-trail.js';
import type { Digests } from './digests.js';
import type { Incidents } from './incidents.js';
import type { SavedPlans } from './plans.js';
import type { HeldRecord, HeldRecords, Rulings } from './held-records.js';
import type { KeptState } from './kept-state.js';

/** What outlives a run. Everything is durable when the promise resolves. */
export interface StateStore {
  /** Given when the store was made; a copy has the same. */
  readonly identity: string;
  readonly runs: RunHistory;
  readonly crossReferences: CrossReferences;
  readonly held: HeldRecords;
  readonly rulings: Rulings;
  readonly checkpoints: Checkpoints;
  readonly digests: Digests;
  readonly journal: Journal;
  readonly leases: Leases;
  readonly audit: AuditTrail;
  readonly incidents: Incidents;
  readonly plans: SavedPlans;
  readonly state: KeptState;
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
  /** The one begun last first, whatever the clock said then. */
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
  /** Of the fields that both sides may change; none where there are no such fields. */
  readonly agreed?: Agreements;
}

/** Field → what both sides had when they last agreed, or a person settled the matter. */
export type Agreements = Readonly<Record<string, Agreement>>;

/** In the mapping's spelling. A side that is left out counts as changed. */
export interface Agreement {
  readonly source?: string | number | boolean | null;
  readonly destination?: string | number | boolean | null;
}

export interface CrossReferences {
  bySource(scope: TaskScope, sourceIds: readonly string[]): Promise<Map<string, CrossReference>>;
  /** By `destinationKey`, within one legal entity. */
  byDestination(scope: TaskScope, legalEntity: string, keys: readonly string[]): Promise<Map<string, CrossReference>>;
  count(scope: TaskScope): Promise<number>;
  /** Source ids of one legal entity, in pages, so that any number can be walked in bounded memory. */
  sourceIds(scope: TaskScope, legalEntity?: string): AsyncIterable<string[]>;
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
  /** All of them or none. */
  save(checkpoints: readonly (readonly [TaskScope, Checkpoint])[], lease?: Lease): Promise<void>;
  /** The last few, newest first; the first one is the present one. */
  kept(scope: TaskScope): Promise<Checkpoint[]>;
}

/** What has been sent to the destination and is not answered for: written down before it is sent. */
export interface Journal {
  /** @returns the number under which a settlement answers for the batch */
  send(batch: SentBatch, lease?: Lease): Promise<number>;
  /** Batches of runs that never came to know, or to say, what became of them. */
  unanswered(scope: TaskScope): Promise<(SentBatch & { readonly id: number })[]>;
}

export interface SentBatch extends TaskScope {
  readonly runId: string;
  readonly sourceIds: readonly string[];
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A lease as its holder has it. What is written under a lease that somebody else has by now is refused as a whole. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
}

/** Keeps two processes from running the same integration at once. A lease not renewed in time may be taken over. */
export interface Leases {
  /** @returns the holder where somebody else has it */
  acquire(name: string, holder: string, ttlMs: number): Promise<{ holder: string; since: string } | undefined>;
  /** Who has it, or had it last without giving it back. */
  get(name: string): Promise<{ holder: string; since: string } | undefined>;
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
  /** Source ids whose ruling stands no longer. */
  readonly lifted?: readonly string[];
  /** The journal's numbers of the batches that this answers for. */
  readonly answers?: readonly number[];
  readonly lease?: Lease | undefined;
}
