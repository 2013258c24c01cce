import { createHash } from 'node:crypto';
import type { AuditEntry, AuditHead, AuditNote, AuditVerdict } from '@isthmus/core';

/** The details as the text that was hashed, not as what JSON would make of it. */
export type StoredEntry = Omit<AuditEntry, 'details'> & { readonly details: string };

type Broken = NonNullable<AuditVerdict['broken']>;

/** The entry that comes after `head`. */
export function chained(
  { action, subject, details = {} }: AuditNote,
  { head, actor, at }: { readonly head: AuditHead | undefined; readonly actor: string; readonly at: string },
): StoredEntry {
  const { number, hash: previous } = head ?? NO_ENTRY;
  const entry = { number: number + 1, at, actor, action, subject, details: JSON.stringify(details), previous };
  return { ...entry, hash: hashOf(entry) };
}

const NO_ENTRY: AuditHead = { number: 0, hash: '' };

/** A list in JSON, so that no character moves from one part to the next unnoticed. */
const hashOf = ({ at, actor, action, subject, details, previous }: Omit<StoredEntry, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([at, actor, action, subject, details, previous]))
    .digest('hex');

/** Follows a trail from its beginning to the first entry that is not as it was written. */
export class ChainCheck {
  private head = NO_ENTRY;
  /** Of the entry before the head. */
  private hashBefore = '';
  private broken: Broken | undefined;

  constructor(private readonly expected: AuditHead | undefined) {}

  get position(): number {
    return this.head.number;
  }

  get goesOn(): boolean {
    return this.broken === undefined;
  }

  take(entry: StoredEntry): void {
    this.broken ??= this.breakAt(entry);
    this.hashBefore = this.head.hash;
    this.head = { number: entry.number, hash: entry.hash };
  }

  /** @param highest number that was ever given */
  verdict(highest: number): AuditVerdict {
    const { number, hash } = this.head;
    if (number < Math.max(highest, this.expected?.number ?? 0)) this.broken ??= { number: number + 1, how: 'removed' };
    return {
      entries: number,
      ...(number > 0 ? { head: { number, hash } } : {}),
      ...(this.broken ? { broken: this.broken } : {}),
    };
  }

  private breakAt(entry: StoredEntry): Broken | undefined {
    const { head, expected } = this;
    const { number } = entry;
    if (number !== head.number + 1) return { number: head.number + 1, how: 'removed' };
    if (hashOf(entry) !== entry.hash) return { number, how: 'altered' };
    if (entry.previous !== head.hash) {
      if (head.number === 0) return { number, how: 'removed' };
      return { number: head.number, how: entry.previous === this.hashBefore ? 'inserted' : 'altered' };
    }
    return number === expected?.number && entry.hash !== expected.hash ? { number, how: 'altered' } : undefined;
  }
}
