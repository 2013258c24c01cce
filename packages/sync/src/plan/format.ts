import type { AwaitedRow, DestinationRow, TaskCounts, TaskScope, Value } from '@isthmus/core';
import type { Break, Conflict, TaskOptions } from '../task/index.js';

/** Of the lines below. A file of another format is refused. */
export const PLAN_FORMAT = 1;

/**
 * A plan is lines of JSON: the header; for each task its entries, then its totals; at last a digest over all bytes before
 * it. It holds no times and nothing random: the same state gives the same bytes.
 */
export type PlanLine = PlanHeader | PlanEntry | PlanTotals | PlanDigest;

export interface PlanHeader {
  readonly plan: typeof PLAN_FORMAT;
  /** Version of Isthmus. */
  readonly isthmus: string;
  /** Identity of the store whose cross-references were used. */
  readonly store: string;
  readonly options: TaskOptions;
  readonly integrations: readonly PlannedIntegration[];
}

export interface PlannedIntegration {
  readonly integration: string;
  /** `name@version`. */
  readonly template: string;
  /** Identities of the two systems. */
  readonly source: string;
  readonly destination: string;
  readonly tasks: readonly PlannedTask[];
}

export interface PlannedTask {
  readonly task: string;
  /** Systems, mapping, parameters and organisations as they were. */
  readonly fingerprint: string;
  /** Hash of the checkpoint that the reading began from; null where there was none. */
  readonly from: string | null;
}

/** A record that needs nothing. It is shown, and left out of the file: there is nothing to be applied. */
export type PlannedUnchanged = PlannedRecord & { readonly action: 'unchanged' };

/** What will be done about one record. Records that are filtered are in the totals only. */
export type PlanEntry = PlannedRecord &
  (
    | { readonly action: 'create'; readonly content: string; readonly fields: DestinationRow }
    | { readonly action: 'update'; readonly content: string; readonly changes: Readonly<Record<string, Change>> }
    /** With the values that the row has. */
    | { readonly action: 'delete'; readonly fields: DestinationRow }
    /** Its row is gone from the source. */
    | { readonly action: 'deactivate'; readonly changes: Readonly<Record<string, Change>> }
    /** The row is there with this very content; it is only remembered. */
    | { readonly action: 'adopt'; readonly content: string }
    | { readonly action: 'defer'; readonly waitsFor: AwaitedRow }
    | { readonly action: 'quarantine'; readonly reasons: readonly PlannedReason[] }
    /** It was kept back, and is no longer: it is filtered by now, or the row is right already. */
    | { readonly action: 'release'; readonly outcome: 'filtered' | 'unchanged' }
    /** It is gone from the source: no longer remembered, nor kept back. */
    | { readonly action: 'forget' }
  );

export type PlanAction = PlanEntry['action'];

export interface PlannedRecord extends TaskScope {
  /** Integration key as text for people, or the id. */
  readonly record: string;
  readonly sourceId: string;
  readonly legalEntity: string;
  /** Fields that both sides have changed, and whose value holds. */
  readonly conflicts?: readonly Conflict[];
  /** It waits for itself, and this is done about it. */
  readonly broken?: Break;
}

export interface Change {
  readonly from: Value;
  readonly to: Value;
}

export interface PlannedReason {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly field?: string;
}

export interface PlanTotals {
  readonly totals: TaskScope &
    TaskCounts & {
      /** Requests that writing takes, where none is refused. */
      readonly requests: number;
    };
}

export interface PlanDigest {
  /** SHA-256, base64url. */
  readonly digest: string;
}

export const isUnchanged = (line: PlanLine | PlannedUnchanged): line is PlannedUnchanged =>
  'action' in line && line.action === 'unchanged';
export const isEntry = (line: PlanLine): line is PlanEntry => 'action' in line;
export const isTotals = (line: PlanLine): line is PlanTotals => 'totals' in line;

/** Actions that change the destination. */
export const WRITES: ReadonlySet<PlanAction> = new Set<PlanAction>(['create', 'update', 'delete', 'deactivate']);
