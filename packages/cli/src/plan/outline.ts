import {
  isEntry,
  isTotals,
  type Conflict,
  type PlanAction,
  type PlanEntry,
  type PlanLine,
  type PlanTotals,
} from '@isthmus/sync';

/** Records with the same reason for not getting through. */
export interface Cause {
  readonly action: 'defer' | 'quarantine';
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly records: string[];
  count: number;
}

export type PlannedConflict = Conflict & { readonly entry: PlanEntry };

export interface TaskOutline {
  readonly integration: string;
  readonly task: string;
  /** The first entries of each kind, and how many there are. */
  readonly kinds: Map<PlanAction, { readonly first: PlanEntry[]; count: number }>;
  readonly causes: Map<string, Cause>;
  /** Fields that both sides have changed: the first few, and how many there are. */
  readonly conflicts: { readonly first: PlannedConflict[]; count: number };
  totals?: PlanTotals['totals'];
}

/** A plan cut down to what a person can read, in bounded memory. */
export class Outline {
  readonly tasks: TaskOutline[] = [];

  /** @param most entries of each kind and task */
  constructor(private readonly most: number) {}

  add(line: PlanLine): void {
    if (isEntry(line)) this.addEntry(line);
    else if (isTotals(line)) this.taskOf(line.totals).totals = line.totals;
  }

  private addEntry(entry: PlanEntry): void {
    const { kinds, causes, conflicts } = this.taskOf(entry);
    const kind = kinds.get(entry.action) ?? { first: [], count: 0 };
    kinds.set(entry.action, kind);
    if (++kind.count <= this.most) kind.first.push(entry);
    for (const conflict of entry.conflicts ?? []) {
      if (++conflicts.count <= this.most) conflicts.first.push({ ...conflict, entry });
    }
    // What waits for a decision is shown with what each side has.
    if (entry.action === 'defer' || (entry.action === 'quarantine' && !entry.conflicts)) this.addCause(causes, entry);
  }

  private addCause(causes: Map<string, Cause>, entry: PlanEntry & { action: 'defer' | 'quarantine' }): void {
    const reason = reasonOf(entry);
    const text = `${reason.code} ${reason.message}`;
    const known = causes.get(text);
    // What differs from record to record is counted under its code, once there is too much of it.
    const key = known || causes.size < this.most ? text : reason.code;
    const cause = known ?? causes.get(key) ?? { action: entry.action, ...reason, records: [], count: 0 };
    causes.set(key, cause);
    if (++cause.count <= this.most) cause.records.push(entry.record);
  }

  private taskOf({ integration, task }: { integration: string; task: string }): TaskOutline {
    const known = this.tasks.find((each) => each.integration === integration && each.task === task);
    if (known) return known;
    const conflicts = { first: [], count: 0 };
    const outline: TaskOutline = { integration, task, kinds: new Map(), causes: new Map(), conflicts };
    this.tasks.push(outline);
    return outline;
  }
}

function reasonOf(entry: PlanEntry & { action: 'defer' | 'quarantine' }) {
  if (entry.action === 'quarantine') {
    const { code = '', message = '', remedy = '' } = entry.reasons[0] ?? {};
    return { code, message, remedy };
  }
  const { task, key } = entry.waitsFor;
  return {
    code: 'RECORD_WAITS',
    message: `Waits for ${key} of the task ${task}, which is not there yet.`,
    remedy: 'It follows by itself as soon as that row arrives.',
  };
}
