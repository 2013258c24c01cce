import type { RunRecord } from '@isthmus/core';
import type { Command } from 'commander';
import { positiveNumber } from '../arguments.js';
import { cliErrors } from '../errors.js';
import { examples } from '../help.js';
import {
  count,
  duration,
  keptErrorText,
  moment,
  readKeptError,
  runSummary,
  table,
  taskTable,
  type Output,
} from '../output/index.js';
import type { Session } from '../session.js';
import { withStore } from '../workspace.js';

export function addHistory(program: Command, session: Session): void {
  program
    .command('history')
    .summary('list runs, or show one')
    .description('Lists runs, newest first; with a run, its tasks.')
    .argument('[run]', 'id of a run')
    .option('--limit <number>', 'how many runs to list', positiveNumber, 20)
    .addHelpText(
      'after',
      examples(
        ['isthmus history', 'the last 20 runs'],
        ['isthmus history 20261123-184211-3fa9', 'the tasks of one run'],
      ),
    )
    .action((id: string | undefined, { limit }: { limit: number }) =>
      withStore(session, async ({ runs }) => {
        if (id === undefined) return list(session.output, await runs.list(limit));
        const run = await runs.get(id);
        if (!run) throw cliErrors.CLI_RUN_UNKNOWN({ run: id });
        show(session.output, run);
      }),
    );
}

/** Stable shape of `history --json`: what `run --json` says, and when. */
const historyEntry = (run: RunRecord) => ({
  ...runSummary(run),
  integrations: run.integrations,
  startedAt: run.startedAt,
  finishedAt: run.finishedAt ?? null,
});

function list(output: Output, runs: readonly RunRecord[]): void {
  output.printJson(runs.map(historyEntry));
  if (runs.length === 0) return output.print('There has been no run yet: `isthmus run` makes the first.');
  const { bold, dim } = output.styles;
  const sum = (name: 'read' | 'created' | 'updated' | 'quarantined') => ({
    title: name,
    align: 'right' as const,
    value: ({ tasks }: RunRecord) => count(tasks.reduce((total, task) => total + task[name], 0)),
  });
  output.print(
    table<RunRecord>(
      [
        { title: 'run', value: ({ id }) => bold(id) },
        { title: 'started', value: ({ startedAt }) => moment(startedAt) },
        { title: 'took', align: 'right', value: tookOf },
        { title: 'status', value: ({ status }) => status },
        { title: 'integrations', value: ({ integrations }) => integrations.join(', ') },
        sum('read'),
        sum('created'),
        sum('updated'),
        sum('quarantined'),
      ],
      runs,
      dim,
    ),
  );
}

function show(output: Output, run: RunRecord): void {
  output.printJson(historyEntry(run));
  const { bold, dim } = output.styles;
  output.print(`${bold(run.id)}  ${run.status}  ${dim(`${moment(run.startedAt)}, ${tookOf(run)}`)}`);
  if (run.tasks.length > 0) output.print(`\n${taskTable(run.tasks, output.styles)}`);
  if (run.error !== undefined) output.print(`\n${keptErrorText(readKeptError(run.error))}`);
}

const tookOf = ({ startedAt, finishedAt }: RunRecord): string =>
  finishedAt === undefined ? '' : duration(Date.parse(finishedAt) - Date.parse(startedAt));
