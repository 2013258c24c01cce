import { nearest, type HeldFilter, type HeldRecord, type StateStore } from '@isthmus/core';
import { syncErrors } from '@isthmus/sync';
import { Option, type Command } from 'commander';
import { cliErrors } from '../errors.js';
import type { Workspace } from '../workspace.js';

/** What the options of `withFilter` come to. */
export interface FilterOptions {
  readonly template?: string;
  readonly integration?: string;
  readonly task?: string;
  readonly state?: HeldRecord['state'];
  readonly code?: string;
  readonly legalEntity?: string;
}

/** Options that choose among the records that are held. */
export const withFilter = (command: Command): Command =>
  command
    .option('--template <name>', 'only integrations with this template, or name@version')
    .option('--integration <name>', 'only this integration')
    .option('--task <name>', 'only this task')
    .addOption(new Option('--state <state>', 'only this state').choices(['deferred', 'quarantined']))
    .option('--code <code>', 'only what this error keeps back')
    .option('--legal-entity <id>', 'only this legal entity');

/** @param more what the command itself asks for */
export async function filterFrom(
  store: StateStore,
  workspace: Workspace,
  { template, ...options }: FilterOptions,
  more: HeldFilter = {},
): Promise<HeldFilter> {
  const given = { ...options, ...more };
  const filter: HeldFilter = {
    ...Object.fromEntries(
      (['integration', 'task', 'state', 'code', 'legalEntity', 'runId', 'key'] as const).flatMap((name) =>
        given[name] === undefined ? [] : [[name, given[name]]],
      ),
    ),
    ...(template === undefined ? {} : { integrations: integrationsOf(workspace, template) }),
  };
  await requireKnown(store, workspace, filter);
  return filter;
}

/** Names of the integrations that have the template. */
export function integrationsOf({ configuration, host }: Workspace, template: string): string[] {
  const { name, version } = host.templates.get(template);
  return [...configuration.integrations.values()]
    .filter((integration) => {
      const own = host.templates.get(integration.template);
      return own.name === name && own.version === version;
    })
    .map((integration) => integration.name);
}

/** "Nothing is held back" must not be the answer to a misspelt name. */
async function requireKnown(
  { held }: StateStore,
  { configuration, host }: Workspace,
  filter: HeldFilter,
): Promise<void> {
  const { integration: name, task } = filter;
  if ((name === undefined && task === undefined) || (await held.has(filter))) return;
  const integrations = [...configuration.integrations.keys()];
  if (name !== undefined && !integrations.includes(name)) {
    throw syncErrors.INTEGRATION_UNKNOWN({
      name,
      nearest: nearest(name, integrations),
      known: integrations.join(', '),
    });
  }
  const tasks = [...configuration.integrations.values()].flatMap(({ template }) =>
    host.templates.get(template).tasks.map((known) => known.task),
  );
  if (task !== undefined && !tasks.includes(task)) {
    throw cliErrors.CLI_TASK_UNKNOWN({ task, nearest: nearest(task, tasks), known: [...new Set(tasks)].join(', ') });
  }
}
