import { nearest, type TaskScope } from '@isthmus/core';
import { resolveIntegration, syncErrors } from '@isthmus/sync';
import { cliErrors } from '../../errors.js';
import type { Workspace } from '../../workspace.js';

export const TARGET = '[integration[/task]]';
export const TARGET_DOC = 'an integration, or one task of it; everything unless given';

/** The tasks that `INTEGRATION[/TASK]` means, in run order. */
export function tasksOf({ configuration, host }: Workspace, target: string | undefined): TaskScope[] {
  const known = [...configuration.integrations.keys()];
  const [name, task] = target?.split(/\/(.*)/s) ?? [];
  if (name !== undefined && !known.includes(name)) {
    throw syncErrors.INTEGRATION_UNKNOWN({ name, nearest: nearest(name, known), known: known.join(', ') || 'none' });
  }
  const all = (name === undefined ? known : [name]).flatMap((integration) =>
    resolveIntegration(configuration, host, integration).tasks.map((each) => ({ integration, task: each.task })),
  );
  const found = task === undefined ? all : all.filter((scope) => scope.task === task);
  if (found.length === 0 && task !== undefined) {
    const tasks = all.map((scope) => scope.task);
    throw cliErrors.CLI_TASK_UNKNOWN({ task, nearest: nearest(task, tasks), known: tasks.join(', ') });
  }
  return found;
}
