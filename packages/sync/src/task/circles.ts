import type { AwaitedRow, HeldOutline, IsthmusError } from '@isthmus/core';
import type { TaskContext } from './context.js';

/** What is done about one record of a circle. */
export interface Break {
  /** Key of the row that it waits for, as in `AwaitedRow`. */
  readonly key: string;
  /** The records, in words. */
  readonly circle: string;
  /** The fields may stay empty for now; otherwise the record cannot be written at all. */
  readonly leaveOut: boolean;
}

/** By source id, for each of the tasks. */
export type Breaks = ReadonlyMap<TaskContext, ReadonlyMap<string, Break>>;

/**
 * Finds records, deferred by this run, that wait for each other in a circle. One record of each circle is written
 * without the field first, where that may be empty; where none may, all of them are refused.
 *
 * @param tasks those that refer to each other
 */
export async function breaksAmong(tasks: readonly TaskContext[]): Promise<Breaks> {
  const breaks = new Map(tasks.map((task) => [task, new Map<string, Break>()]));
  const seen = new Set<string>();
  for (const task of tasks) {
    const filter = { ...task.scope, runId: task.runId, state: 'deferred' as const };
    for await (const page of task.store.held.outlines(filter)) {
      for (const record of page) {
        const circle = await circleFrom(record, tasks, seen);
        if (circle.length > 0) decide(circle, tasks, breaks);
      }
    }
  }
  return breaks;
}

/** Follows what the record waits for until nothing is held any more, or it comes around. */
async function circleFrom(
  start: HeldOutline,
  tasks: readonly TaskContext[],
  seen: Set<string>,
): Promise<readonly HeldOutline[]> {
  const path: HeldOutline[] = [];
  for (let at: HeldOutline | undefined = start; at?.waitsFor;) {
    const id = idOf(at);
    const begin = path.findIndex((each) => idOf(each) === id);
    if (begin >= 0) return path.slice(begin);
    if (seen.has(id)) return [];
    seen.add(id);
    path.push(at);
    at = await holderOf(at.waitsFor, tasks);
  }
  return [];
}

async function holderOf(
  { integration, task, key, by, legalEntity }: AwaitedRow,
  tasks: readonly TaskContext[],
): Promise<HeldOutline | undefined> {
  const context = tasks.find(({ scope }) => scope.integration === integration && scope.task === task);
  if (!context) return undefined;
  const row = by === 'source' ? { sourceIds: [key] } : { key, legalEntity };
  for await (const [holder] of context.store.held.outlines({ ...context.scope, ...row, state: 'deferred' }))
    return holder;
  return undefined;
}

function decide(
  circle: readonly HeldOutline[],
  tasks: readonly TaskContext[],
  breaks: ReadonlyMap<TaskContext, Map<string, Break>>,
): void {
  const members = circle.flatMap((record) => {
    const context = tasks.find(({ scope }) => scope.integration === record.integration && scope.task === record.task);
    return context && record.waitsFor ? [{ record, context, key: record.waitsFor.key }] : [];
  });
  // A row that is its own ancestor is a mistake, whatever the field allows; two entities may well refer to each other.
  const isOwn = new Set(members.map(({ context }) => context)).size === 1;
  const open = isOwn ? undefined : members.find(({ context, record }) => mayWaitForIts(context, record));
  for (const { record, context, key } of open ? [open] : members) {
    breaks.get(context)?.set(record.sourceId, { key, circle: namesFrom(record, circle), leaveOut: open !== undefined });
  }
}

/** From the record to itself. */
function namesFrom(record: HeldOutline, circle: readonly HeldOutline[]): string {
  const at = circle.indexOf(record);
  return [...circle.slice(at), ...circle.slice(0, at), record].map(({ key, sourceId }) => key || sourceId).join(' → ');
}

/** Every field through which it waits may be empty for a while. */
function mayWaitForIts({ mapping, integration, destinationEntity }: TaskContext, { waitsFor }: HeldOutline): boolean {
  const fields = mapping.references
    .filter(({ task, by }) => task === waitsFor?.task && by === waitsFor.by)
    .filter(({ task }) => integration.deliveredBy(task).integration === waitsFor?.integration)
    .map(({ field }) => field);
  const faults: IsthmusError[] = [];
  mapping.check(Object.fromEntries(mapping.entity.fields.map(({ name }) => [name, null])), faults);
  const needed = new Set(faults.map(({ place }) => place.field));
  return fields.every(
    (field) =>
      !mapping.key.includes(field) && !needed.has(field) && destinationEntity.fields.get(field)?.required !== true,
  );
}

/** What was done about a record that is kept back for the circle that it is in. @param kept errors' `toJSON()` */
export function breakAmong(kept: readonly unknown[]): Break | undefined {
  for (const each of kept) {
    const { code, details } = each as { code?: string; details?: { circle: string; key: string } };
    if (code === 'RECORD_IN_CIRCLE' && details) return { ...details, leaveOut: false };
  }
  return undefined;
}

const idOf = ({ integration, task, sourceId }: HeldOutline): string => JSON.stringify([integration, task, sourceId]);
