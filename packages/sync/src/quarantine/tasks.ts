import type { Configuration, EntityMap, PluginHost, TaskScope } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import { resolveIntegration, type Integration } from '../integration/index.js';

/** The task that a held record belongs to, as the rc file has it now. */
export function taskOf(
  configuration: Configuration,
  host: PluginHost,
  { integration: name, task }: TaskScope,
): { integration: Integration; task: EntityMap } {
  const integration = resolveIntegration(configuration, host, name);
  const found = integration.tasks.find((each) => each.task === task);
  if (!found) throw syncErrors.TASK_REFERENCE_UNKNOWN({ refersTo: task }, { place: { integration: name } });
  return { integration, task: found };
}

export function byTask<T extends TaskScope>(records: readonly T[]): [TaskScope, T[]][] {
  const groups = new Map<string, [TaskScope, T[]]>();
  for (const record of records) {
    const { integration, task } = record;
    const id = JSON.stringify([integration, task]);
    const group = groups.get(id) ?? [{ integration, task }, []];
    group[1].push(record);
    groups.set(id, group);
  }
  return [...groups.values()];
}
