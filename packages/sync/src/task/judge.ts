import type { IsthmusError } from '@isthmus/core';
import type { TaskContext } from './context.js';
import type { Decider, Decision } from './decide.js';
import type { TaskRecord } from './record.js';
import { isWaiting, resolveReferences } from './resolve.js';

export interface Judged {
  /** Records that nothing keeps back. */
  readonly sound: readonly TaskRecord[];
  readonly decisions: readonly Decision[];
}

/** Resolves, validates and decides records of one batch, after which each has faults, waits, has an outcome or a decision. */
export async function judge(context: TaskContext, decider: Decider, records: readonly TaskRecord[]): Promise<Judged> {
  const unfiltered = records.filter(({ outcome, faults }) => outcome === undefined && faults.length === 0);
  await resolveReferences(context, unfiltered);
  const live = unfiltered.filter(({ outcome }) => outcome === undefined);
  await context.needs.check(live);
  for (const record of live) check(context, record);
  const sound = live.filter((record) => record.faults.length === 0 && !isWaiting(record));
  return { sound, decisions: await decider.decide(sound) };
}

/** Rules and limits. A field that waits for its row has no value yet, and is not judged. */
function check({ mapping }: TaskContext, record: TaskRecord): void {
  const { unresolved } = record;
  if (!unresolved) return mapping.check(record.mapped, record.faults);
  const found: IsthmusError[] = [];
  mapping.check(record.mapped, found);
  record.faults.push(...found.filter(({ place }) => !unresolved.has(place.field ?? '')));
}
