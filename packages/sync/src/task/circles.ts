import type { HeldOutline } from '@isthmus/core';
import type { TaskContext } from './context.js';
import type { Pipeline } from './pipeline.js';

/** Ids that are asked for at once. */
const IDS = 500;

/** Source id → the circle that the record is part of, from itself to itself. */
export type Circles = ReadonlyMap<string, string>;

/**
 * Records of a task that wait for each other in a circle: none of them would ever come. They are taken once more, now
 * that it is known, so that each is quarantined with the circle named. Every run tries them again.
 */
export async function takeCircles(context: TaskContext, pipeline: Pipeline): Promise<void> {
  const { mapping, scope, store, runId, tally } = context;
  if (!mapping.references.some(({ task, by }) => task === scope.task && by === 'source')) return;
  const found = await circlesOf(context);
  if (found.size === 0) return;
  for (const [sourceId, circle] of found) context.circles.set(sourceId, circle);
  for await (const records of store.held.list({ ...scope, sourceIds: [...found.keys()] })) {
    tally.resumed(records.filter((record) => record.runId === runId && record.state === 'deferred').length);
    await pipeline.take(records.map(({ source }) => source));
  }
  await pipeline.drain();
}

/** Starts from what this run has deferred, and follows what each waits for. */
async function circlesOf({ store, scope, runId }: TaskContext): Promise<Circles> {
  const waits = new Map<string, HeldOutline>();
  const asked = new Set<string>();
  const deferred = { ...scope, state: 'deferred' } as const;
  const note = async (outlines: AsyncIterable<HeldOutline[]>): Promise<void> => {
    for await (const page of outlines) for (const outline of page) waits.set(outline.sourceId, outline);
  };
  await note(store.held.outlines({ ...deferred, runId }));
  for (let open = unknownIn(waits, asked, scope.task); open.length > 0; open = unknownIn(waits, asked, scope.task)) {
    const some = open.slice(0, IDS);
    for (const id of some) asked.add(id);
    await note(store.held.outlines({ ...deferred, sourceIds: some }));
  }
  return circlesAmong(waits, scope.task);
}

/** The record of the same task that is waited for. */
const awaitedBy = (outline: HeldOutline | undefined, task: string): string | undefined =>
  outline?.waitsFor?.task === task && outline.waitsFor.by === 'source' ? outline.waitsFor.key : undefined;

function unknownIn(waits: ReadonlyMap<string, HeldOutline>, asked: ReadonlySet<string>, task: string): string[] {
  const awaited = [...waits.values()].flatMap((outline) => awaitedBy(outline, task) ?? []);
  return [...new Set(awaited)].filter((id) => !waits.has(id) && !asked.has(id));
}

function circlesAmong(waits: ReadonlyMap<string, HeldOutline>, task: string): Circles {
  const circles = new Map<string, string>();
  const done = new Set<string>();
  for (const start of waits.keys()) {
    const path: string[] = [];
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !path.includes(at)) {
      path.push(at);
      at = awaitedBy(waits.get(at), task);
    }
    if (at !== undefined && path.includes(at)) {
      const circle = path.slice(path.indexOf(at));
      circle.forEach((id, i) => circles.set(id, textOf([...circle.slice(i), ...circle.slice(0, i), id], waits)));
    }
    for (const id of path) done.add(id);
  }
  return circles;
}

const textOf = (ids: readonly string[], waits: ReadonlyMap<string, HeldOutline>): string =>
  ids.map((id) => waits.get(id)?.key ?? id).join(' → ');
