import { CONFLICTS, resolveConflicts, type Resolution } from '@isthmus/sync';
import type { Command } from 'commander';
import { cliErrors } from '../../errors.js';
import { filterFrom, withFilter, type FilterOptions } from '../../held/index.js';
import { examples } from '../../help.js';
import { counted } from '../../output/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';

interface ResolveOptions extends FilterOptions, Resolution {
  readonly yes?: boolean;
}

export function addResolve(conflicts: Command, session: Session): void {
  withFilter(conflicts.command('resolve').summary('say whose value holds'))
    .description('The next run writes what is left to write. Whoever changes the field after that makes a new change.')
    .argument('[key]', 'integration key or source id; without it, all that fit')
    .requiredOption('--keep <side>', 'the side whose value holds, as the connection set names it')
    .option('--field <name>', 'only this destination field')
    .requiredOption('--reason <text>', 'why; kept in the audit trail')
    .option('--yes', 'do it for all that fit; without this, only say how many')
    .addHelpText(
      'after',
      examples([
        'isthmus conflicts resolve PRJ-01049 --keep finops --reason "agreed with finance"',
        'then: isthmus quarantine retry PRJ-01049',
      ]),
    )
    .action((key: string | undefined, { keep, field, reason, yes = false, ...options }: ResolveOptions) =>
      withStore(session, async (store, workspace) => {
        const { output } = session;
        const asked = await filterFrom(store, workspace, options, key === undefined ? {} : { key });
        const filter = { ...asked, ...CONFLICTS };
        const records = await store.held.count(filter);
        if (records === 0 && key !== undefined) throw cliErrors.CLI_RECORD_UNKNOWN({ key });
        if (key === undefined && !yes) {
          output.printJson({ records, done: false });
          return output.print(`Conflicts of ${counted(records, 'record')} would be resolved; --yes does it.`);
        }
        const { configuration, host } = workspace;
        const fields = await resolveConflicts(configuration, host, store, filter, { keep, field, reason });
        output.printJson({ records, fields, done: true });
        const next =
          key === undefined ? 'isthmus quarantine retry --code RECORD_CONFLICT' : `isthmus quarantine retry ${key}`;
        output.print(
          `${counted(fields, 'field')} resolved: ${keep} holds. The next run does the rest, or now: ${next}`,
        );
      }),
    );
}
