import type { Selection } from '@isthmus/sync';
import type { Command } from 'commander';
import { chooseIntegrations } from './choose-integrations.js';
import { integrationsOf } from './held/index.js';
import type { Workspace } from './workspace.js';

/** What the options of `withPart` come to. */
export interface PartOptions {
  readonly all?: boolean;
  readonly template?: string;
  readonly only?: string;
  readonly legalEntity?: string;
}

/** The argument and options that say which integrations, and which of their records, a command is about. */
export const withPart = (command: Command): Command =>
  command
    .argument('[integration...]', 'entries of `integrations`; may be left out where there is only one')
    .option('--all', 'every integration, each after those that it depends on')
    .option('--template <name>', 'every integration with this template')
    .option('--only <key>', 'one record, by its integration key or source id')
    .option('--legal-entity <id>', 'only records of this legal entity');

export function partFrom(
  workspace: Workspace,
  names: readonly string[],
  { all = false, template, only: key, legalEntity }: PartOptions,
): { integrations: readonly string[]; selection?: Selection } {
  const integrations =
    template === undefined
      ? chooseIntegrations([...workspace.configuration.integrations.keys()], names, all)
      : chooseIntegrations(integrationsOf(workspace, template), names, names.length === 0);
  return key === undefined && legalEntity === undefined
    ? { integrations }
    : { integrations, selection: { key, legalEntity } };
}
