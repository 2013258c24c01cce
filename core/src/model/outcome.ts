/** What became of a record. Every record read has exactly one. */
export const OUTCOMES = ['created', 'updated', 'unchanged', 'filtered', 'deferred', 'quarantined', 'deleted'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** `read` = the sum of the outcomes, or the task does not balance. */
export type TaskCounts = { readonly [K in Outcome | 'read']: number };

export const outcomesOf = (counts: TaskCounts): number => OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);

export const isBalanced = (counts: TaskCounts): boolean => counts.read === outcomesOf(counts);
