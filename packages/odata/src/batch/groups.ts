import type { BatchOperation } from '../request.js';

/** An operation that stands alone, or neighbours of one change set. Each has one part in the answer. */
export interface Group {
  readonly operations: readonly BatchOperation[];
  readonly atomic: boolean;
}

export function groupOperations(operations: readonly BatchOperation[]): Group[] {
  const groups: { operations: BatchOperation[]; atomic: boolean }[] = [];
  let current: BatchOperation['changeSet'];
  for (const operation of operations) {
    const { changeSet } = operation;
    const last = groups.at(-1);
    if (last && changeSet !== undefined && changeSet === current) last.operations.push(operation);
    else groups.push({ operations: [operation], atomic: changeSet !== undefined });
    current = changeSet;
  }
  return groups;
}

/** Answers of a change set may come in any order: its operations are numbered so that they can be told apart. */
export const contentIdOf = ({ contentId }: BatchOperation, index: number): string => contentId ?? String(index + 1);
