/** What `isthmus run --json` ends with. */
export interface RunResult {
  readonly run: string;
  readonly status: 'succeeded' | 'warning' | 'failed';
  readonly balanced: boolean;
  readonly tasks: readonly TaskResult[];
  readonly error?: { readonly code: string; readonly message: string };
}

export const OUTCOMES = ['created', 'updated', 'unchanged', 'filtered', 'deferred', 'quarantined', 'deleted'] as const;

export type Counts = Record<'read' | (typeof OUTCOMES)[number], number>;

export interface TaskResult extends Counts {
  readonly integration: string;
  readonly template: string;
  readonly task: string;
  readonly durationMs: number;
}

/** One line of `isthmus errors --json`. */
export interface HeldLine {
  readonly integration: string;
  readonly task: string;
  readonly state: 'deferred' | 'quarantined';
  readonly key: string;
  readonly sourceId: string;
  readonly legalEntity: string;
  readonly code: string;
  readonly errors: readonly { readonly message: string; readonly remedy: string }[];
  readonly waitsFor: { readonly task: string; readonly key: string } | null;
  readonly attempts: number;
  readonly since: string;
  readonly run: string;
}

/** All tasks of a run together. */
export function totalsOf({ tasks }: RunResult): Counts {
  const names = ['read', ...OUTCOMES] as const;
  const sums = names.map((name) => [name, tasks.reduce((sum, task) => sum + task[name], 0)]);
  return Object.fromEntries(sums) as Counts;
}

/** Every record that was read has exactly one outcome, in every task. */
export const isReconciled = ({ tasks }: RunResult): boolean =>
  tasks.every((task) => task.read === OUTCOMES.reduce((sum, outcome) => sum + task[outcome], 0));
