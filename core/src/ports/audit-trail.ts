/** What may be done that somebody has to answer for. */
export const AUDIT_ACTIONS = [
  'run.started',
  'run.finished',
  'plan.applied',
  'quarantine.edited',
  'quarantine.retried',
  'quarantine.dropped',
  'conflict.resolved',
  'state.changed',
  'service.started',
  'service.stopped',
  'history.purged',
  'parameters.changed',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditNote {
  readonly action: AuditAction;
  /** What it was done to, for people: `run 20261123-184211-3fa9`, `contracts/projects PRJ-01049`. */
  readonly subject: string;
  /** Whatever makes it understood later: options, a reason, figures. JSON; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditEntry extends Required<AuditNote> {
  /** 1, 2, 3 … without gaps. */
  readonly number: number;
  /** ISO 8601, UTC, by the clock of the machine. The order is that of the numbers. */
  readonly at: string;
  /** Who: the `store.actor` of the rc file, or user@host. */
  readonly actor: string;
  /** Hash of the entry before it; empty for the first. */
  readonly previous: string;
  /** SHA-256, hexadecimal, over everything but the number; that follows from the chain. */
  readonly hash: string;
}

export interface AuditFilter {
  readonly action?: AuditAction;
  readonly actor?: string;
  /** Part of the subject. */
  readonly subject?: string;
  /** ISO 8601, UTC. */
  readonly since?: string;
}

/** Where the chain ends: whoever keeps it elsewhere can prove later that nothing before it was touched. */
export interface AuditHead {
  readonly number: number;
  readonly hash: string;
}

export interface AuditVerdict {
  readonly entries: number;
  /** Undefined where there are no entries. */
  readonly head?: AuditHead;
  /** The first entry that is not as it was written. `removed`: the entry of this number, or one before it, is gone. */
  readonly broken?: { readonly number: number; readonly how: 'altered' | 'removed' | 'inserted' };
}

/** Who did what. Entries are only ever appended, each chained to the one before, and outlive the run history. */
export interface AuditTrail {
  /** Durable when the promise resolves. Note what is about to be done before it is done. */
  append(note: AuditNote): Promise<AuditEntry>;
  /** In pages, newest first. */
  list(filter: AuditFilter): AsyncIterable<AuditEntry[]>;
  /** @param expected a head noted earlier, which must still be part of the chain */
  verify(expected?: AuditHead): Promise<AuditVerdict>;
}
