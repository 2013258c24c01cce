import type { EntityMap } from '@isthmus/core';
import { syncErrors } from '../errors.js';

/** Tasks that the rows of a task refer to, itself left out: a self-reference is settled by deferral. */
export function referencedTasks(task: EntityMap): string[] {
  const named = task.fields.flatMap(({ source, refersTo }) => [
    ...(source.kind === 'cross-reference' ? [source.task] : []),
    ...(refersTo === undefined ? [] : [refersTo]),
  ]);
  return [...new Set(named)].filter((name) => name !== task.task);
}

/** Every task after those that its lookups refer to; otherwise in the template's own order. */
export function orderTasks(tasks: readonly EntityMap[]): EntityMap[] {
  const byName = new Map(tasks.map((task) => [task.task, task]));
  const done = new Set<EntityMap>();
  const visit = (task: EntityMap, path: readonly string[]): void => {
    if (done.has(task)) return;
    if (path.includes(task.task)) {
      throw syncErrors.TASK_CYCLE({ tasks: [...path.slice(path.indexOf(task.task)), task.task].join(' → ') });
    }
    for (const name of referencedTasks(task)) {
      const referenced = byName.get(name);
      if (referenced) visit(referenced, [...path, task.task]);
    }
    done.add(task);
  };
  for (const task of tasks) visit(task, []);
  return [...done];
}
