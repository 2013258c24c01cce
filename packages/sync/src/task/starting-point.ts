import type { Checkpoint } from '@isthmus/core';
import type { TaskContext } from './context.js';
import { describeSelection, isSingled, type Selection } from './selection.js';
import { tokenOf } from './part-tokens.js';

export interface TaskOptions {
  /** Read every row, also where the source could say what has changed, and look at every row of the destination. */
  readonly full: boolean;
  /** Read the quarantined records again. */
  readonly retry: boolean;
  /** Only a part of the rows. */
  readonly selection?: Selection | undefined;
}

export interface StartingPoint {
  readonly mode: 'full' | 'changes';
  /** Rows whose content was written before need not be looked up in the destination. */
  readonly trustHashes: boolean;
  readonly token?: string;
  /** Why everything is read although there is a checkpoint. */
  readonly reason?: string;
}

/** Changes only, where there is a token and nothing else has changed that decides what becomes of a row. */
export function startingPoint(
  last: Checkpoint | undefined,
  fingerprint: string,
  { followed, changed, mapping, legalEntity }: TaskContext,
  { full, selection }: TaskOptions,
): StartingPoint {
  if (selection && isSingled(selection)) {
    return { mode: 'changes', trustHashes: false, reason: describeSelection(selection) };
  }
  // Where the source is the master, what the destination has changed by itself is put right.
  const trustHashes = last?.fingerprint === fingerprint && !full && mapping.master !== 'source';
  if (mapping.master === 'source') return { mode: 'full', trustHashes, reason: 'its values hold on both sides' };
  const token = tokenOf(last?.token, legalEntity);
  if (!last || token === undefined) return { mode: 'full', trustHashes };
  const reason = reasonForFull(last, fingerprint, { full });
  if (reason) return { mode: 'full', trustHashes, reason };
  if (followed.some(({ entity }) => changed.of(entity) === 'all')) {
    return { mode: 'full', trustHashes, reason: 'the rows that it refers to were read in full' };
  }
  return { mode: 'changes', trustHashes, token };
}

function reasonForFull(last: Checkpoint, fingerprint: string, { full }: Pick<TaskOptions, 'full'>): string | undefined {
  if (full) return 'a full read was asked for';
  return last.fingerprint === fingerprint
    ? undefined
    : 'the systems, the mapping, its parameters or the organisations have changed';
}
