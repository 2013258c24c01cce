import type { Command } from 'commander';
import { carryOut } from '../carry-out.js';
import { chooseIntegrations } from '../choose-integrations.js';
import { integrationsOf } from '../held/index.js';
import { examples } from '../help.js';
import type { Session } from '../session.js';
import { withWorkspace } from '../workspace.js';

interface RunOptions {
  readonly all?: boolean;
  readonly full?: boolean;
  readonly retry?: boolean;
  readonly template?: string;
  readonly only?: string;
  readonly legalEntity?: string;
}

export function addRun(program: Command, session: Session): void {
  program
    .command('run')
    .summary('carry out integrations')
    .description('Carries out integrations of the rc file: reads what has changed, and writes what differs.')
    .argument('[integration...]', 'entries of `integrations`; may be left out where there is only one')
    .option('--all', 'every integration, each after those that it depends on')
    .option('--full', 'read everything, not only what has changed')
    .option('--retry', 'try quarantined records again')
    .option('--template <name>', 'every integration with this template')
    .option('--only <key>', 'one record, by its integration key or source id')
    .option('--legal-entity <id>', 'only records of this legal entity')
    .addHelpText(
      'after',
      examples(
        ['isthmus run', 'the only integration'],
        ['isthmus run contracts', 'one of several'],
        ['isthmus run --all --json', 'all of them; the last line is the result'],
        ['isthmus run contracts --only PRJ-01049', 'one record, however it stands'],
        ['isthmus run contracts --retry', 'after the cause of quarantined records was put right'],
      ),
    )
    .action((names: string[], options: RunOptions) =>
      withWorkspace(session, async (workspace) => {
        const { template, all = false, full = false, retry = false, only: key, legalEntity } = options;
        const known = [...workspace.configuration.integrations.keys()];
        const integrations =
          template === undefined
            ? chooseIntegrations(known, names, all)
            : chooseIntegrations(integrationsOf(workspace, template), names, names.length === 0);
        const part = key === undefined && legalEntity === undefined ? {} : { selection: { key, legalEntity } };
        await carryOut(session, workspace, { integrations, full, retry, ...part });
      }),
    );
}
