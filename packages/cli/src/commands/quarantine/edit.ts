import { Workbench } from '@isthmus/sync';
import { InvalidArgumentError, type Command } from 'commander';
import { cliErrors } from '../../errors.js';
import { filterFrom, recordsWith, withFilter, type FilterOptions } from '../../held/index.js';
import { examples } from '../../help.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';

type Values = Readonly<Record<string, string | null>>;

interface EditOptions extends FilterOptions {
  readonly set: Values;
  readonly reason: string;
}

export function addEdit(quarantine: Command, session: Session): void {
  withFilter(quarantine.command('edit').summary('give fields of one record other values'))
    .description(
      'Changes values of the mapped row. They are used from the next retry on, until the source row changes.',
    )
    .argument('<key>', 'integration key or source id')
    .requiredOption(
      '--set <field=value>',
      'destination field and its value; empty clears it; may be repeated',
      assigned,
      {},
    )
    .requiredOption('--reason <text>', 'why; kept with the record and in the audit trail')
    .addHelpText(
      'after',
      examples([
        'isthmus quarantine edit PRJ-01049 --set ProjectName=Bridge --reason "name too long"',
        'then: isthmus quarantine retry PRJ-01049',
      ]),
    )
    .action((key: string, { set, reason, ...options }: EditOptions) =>
      withStore(session, async (store, workspace) => {
        const filter = await filterFrom(store, workspace, options);
        const [record, ...others] = await recordsWith(store, filter, key);
        if (!record || others.length > 0) {
          const tasks = [...new Set([record, ...others].map((each) => each?.task ?? ''))];
          throw cliErrors.CLI_RECORD_AMBIGUOUS({ key, tasks: tasks.join(', ') });
        }
        const { configuration, host } = workspace;
        const ruling = await new Workbench(configuration, host, store).edit(record, set, reason);
        session.output.printJson(ruling);
        session.output.print(`Edited: ${JSON.stringify(ruling.fields)}. Now: isthmus quarantine retry ${key}`);
      }),
    );
}

function assigned(text: string, others: Values): Values {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must read FIELD=VALUE.');
  const value = text.slice(at + 1);
  return { ...others, [text.slice(0, at)]: value === '' ? null : value };
}
