import type { EntityMap } from '@isthmus/core';

/** Tasks that the rows of a task refer to, itself left out: a self-reference is settled by deferral. */
export const referencedTasks = (task: EntityMap): string[] =>
  namesReferredTo(task).filter((name) => name !== task.task);

/** Tasks that the rows of a task refer to, itself included. */
export function namesReferredTo(task: EntityMap): string[] {
  const named = task.fields.flatMap(({ source, refersTo }) => [
    ...(source.kind === 'cross-reference' ? [source.task] : []),
    ...(refersTo === undefined ? [] : [refersTo]),
  ]);
  return [...new Set(named)];
}

/**
 * Every task after those that its lookups refer to; otherwise in the template's own order. In a circle one of them must
 * come first: the one that is come upon first.
 */
export function orderTasks(tasks: readonly EntityMap[]): EntityMap[] {
  const byName = new Map(tasks.map((task) => [task.task, task]));
  const begun = new Set<EntityMap>();
  const done: EntityMap[] = [];
  const visit = (task: EntityMap): void => {
    if (begun.has(task)) return;
    begun.add(task);
    for (const name of referencedTasks(task)) {
      const referenced = byName.get(name);
      if (referenced) visit(referenced);
    }
    done.push(task);
  };
  for (const task of tasks) visit(task);
  return done;
}

/** Tasks that refer to each other in a circle, or to themselves, in run order: groups that are finished together. */
export function circlesAmong(tasks: readonly EntityMap[]): EntityMap[][] {
  const byName = new Map(tasks.map((task) => [task.task, task]));
  const reachable = (from: EntityMap): Set<EntityMap> => {
    const found = new Set<EntityMap>();
    const open = [from];
    for (let task = open.pop(); task; task = open.pop()) {
      for (const name of namesReferredTo(task)) {
        const referenced = byName.get(name);
        if (!referenced || found.has(referenced)) continue;
        found.add(referenced);
        open.push(referenced);
      }
    }
    return found;
  };
  const reach = new Map(tasks.map((task) => [task, reachable(task)]));
  const circles = tasks.filter((task) => reach.get(task)?.has(task));
  const grouped = new Set<EntityMap>();
  return circles.flatMap((task) => {
    if (grouped.has(task)) return [];
    const group = circles.filter((other) => reach.get(task)?.has(other) && reach.get(other)?.has(task));
    for (const each of group) grouped.add(each);
    return [group];
  });
}
