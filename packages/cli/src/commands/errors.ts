import type { Command } from 'commander';
import { positiveNumber } from '../arguments.js';
import { cliErrors } from '../errors.js';
import {
  CAUSES_SHOWN,
  filterFrom,
  printLines,
  recordsWith,
  showCauses,
  showRecord,
  withFilter,
} from '../held/index.js';
import type { FilterOptions } from '../held/index.js';
import { examples } from '../help.js';
import type { Session } from '../session.js';
import { withStore } from '../workspace.js';

interface ErrorsOptions extends FilterOptions {
  readonly key?: string;
  readonly limit?: number;
}

export function addErrors(program: Command, session: Session): void {
  withFilter(
    program
      .command('errors')
      .summary('show the records that did not get through, and why')
      .description('Shows the records that wait or are quarantined, grouped by cause; with --json, one line each.')
      .argument('[run]', 'only what this run has left'),
  )
    .option('--key <key>', 'one record whole, by its integration key or source id')
    .option(
      '--limit <number>',
      `at most so many causes (default: ${CAUSES_SHOWN}); with --json, records`,
      positiveNumber,
    )
    .addHelpText(
      'after',
      examples(
        ['isthmus errors', 'what is held back, by cause'],
        ['isthmus errors --task projects --json', 'one line of JSON for each record of a task'],
        ['isthmus errors --key PRJ-01049-CCNID0', 'source row, mapped row and errors of one record'],
        ['isthmus quarantine', 'how to edit, retry or drop them'],
      ),
    )
    .action((run: string | undefined, { key, limit, ...options }: ErrorsOptions) =>
      withStore(session, async (store, workspace) => {
        if (run !== undefined && !(await store.runs.get(run))) throw cliErrors.CLI_RUN_UNKNOWN({ run });
        const filter = await filterFrom(store, workspace, options, run === undefined ? {} : { runId: run });
        const { output } = session;
        if (key !== undefined) {
          for (const record of await recordsWith(store, filter, key)) await showRecord(output, store, record);
        } else if (output.json) await printLines(output, store, filter, limit ?? Infinity);
        else await showCauses(output, store, filter, limit ?? CAUSES_SHOWN);
      }),
    );
}
