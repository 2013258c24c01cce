import { OUTCOMES, type RunRecord, type TaskRecord } from '@isthmus/core';
import { count, duration } from './numbers.js';
import type { Styles } from './styles.js';
import { table, type Column } from './table.js';

/** Stable shape of `run --json`. */
export function runSummary({ id, status, balanced = false, tasks, error }: RunRecord) {
  return { run: id, status, balanced, tasks: tasks.map(taskSummary), ...(error === undefined ? {} : { error }) };
}

export function taskSummary(task: TaskRecord) {
  const { integration, template, read, created, updated, unchanged, filtered, deferred, quarantined, deleted } = task;
  const counts = { read, created, updated, unchanged, filtered, deferred, quarantined, deleted };
  return { integration, template, task: task.task, ...counts, durationMs: task.durationMs };
}

/** One line per task; what needs attention is coloured. */
export function taskTable(tasks: readonly TaskRecord[], { dim, green, red, yellow }: Styles): string {
  const accents: Partial<Record<string, (text: string) => string>> = {
    created: green,
    updated: green,
    deferred: yellow,
    quarantined: red,
  };
  const counts = (['read', ...OUTCOMES] as const).map((name): Column<TaskRecord> => ({
    title: name,
    align: 'right',
    value: (task) => (task[name] === 0 ? dim('0') : (accents[name] ?? String)(count(task[name]))),
  }));
  return table(
    [
      { title: 'integration', value: ({ integration }) => integration },
      { title: 'task', value: ({ task }) => task },
      ...counts,
      { title: 'time', align: 'right', value: ({ durationMs }) => duration(durationMs) },
    ],
    tasks,
    dim,
  );
}
