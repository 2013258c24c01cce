import { Workbench } from '@isthmus/sync';
import type { Command } from 'commander';
import { cliErrors } from '../../errors.js';
import { filterFrom, withFilter, type FilterOptions } from '../../held/index.js';
import { counted } from '../../output/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';

interface DropOptions extends FilterOptions {
  readonly reason: string;
  readonly yes?: boolean;
}

export function addDrop(quarantine: Command, session: Session): void {
  withFilter(quarantine.command('drop').summary('leave records out'))
    .description(
      'Leaves held records out until their source rows change. Later runs count them as filtered; `retry KEY` takes one back.',
    )
    .argument('[key]', 'integration key or source id; without it, all that fit')
    .requiredOption('--reason <text>', 'why; kept with the record and in the audit trail')
    .option('--yes', 'do it; without this, only say how many')
    .action((key: string | undefined, { reason, yes = false, ...options }: DropOptions) =>
      withStore(session, async (store, workspace) => {
        const { output } = session;
        const filter = await filterFrom(store, workspace, options, key === undefined ? {} : { key });
        const records = await store.held.count(filter);
        if (records === 0 && key !== undefined) throw cliErrors.CLI_RECORD_UNKNOWN({ key });
        if (!yes) {
          output.printJson({ records, done: false });
          return output.print(`${counted(records, 'record')} would be dropped; --yes does it.`);
        }
        const { configuration, host } = workspace;
        const dropped = await new Workbench(configuration, host, store).drop(filter, reason);
        output.printJson({ records: dropped, done: true });
        output.print(`${counted(dropped, 'record')} dropped.`);
      }),
    );
}
