import type { RunRecord } from '@isthmus/core';
import { run } from '@isthmus/sync';
import type { Command } from 'commander';
import { cancellable } from '../cancellation.js';
import { chooseIntegrations } from '../choose-integrations.js';
import { exitCodeOf } from '../exit.js';
import { examples } from '../help.js';
import {
  counted,
  keptErrorText,
  readKeptError,
  runSummary,
  showProgress,
  taskTable,
  type Output,
} from '../output/index.js';
import type { Session } from '../session.js';
import { withWorkspace, type Workspace } from '../workspace.js';

interface RunOptions {
  readonly all?: boolean;
  readonly full?: boolean;
  readonly retry?: boolean;
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
    .addHelpText(
      'after',
      examples(
        ['isthmus run', 'the only integration'],
        ['isthmus run contracts', 'one of several'],
        ['isthmus run --all --json', 'all of them; the last line is the result'],
        ['isthmus run contracts --retry', 'after the cause of quarantined records was put right'],
      ),
    )
    .action((names: string[], options: RunOptions) =>
      withWorkspace(session, async (workspace) => {
        const integrations = chooseIntegrations([...workspace.configuration.integrations.keys()], names, options.all);
        const record = await carryOut(session.output, workspace, integrations, options);
        session.output.printJson(runSummary(record));
        describe(session.output, record, workspace.configuration.store.path);
        session.exitCode = exitCodeOf[record.status];
      }),
    );
}

function carryOut(
  output: Output,
  { configuration, host }: Workspace,
  integrations: readonly string[],
  { full = false, retry = false }: RunOptions,
): Promise<RunRecord> {
  return cancellable(output, async (signal) => {
    const endProgress = showProgress(host.events, output);
    try {
      return await run(configuration, host, { integrations, full, retry, signal });
    } finally {
      endProgress();
    }
  });
}

function describe(output: Output, { id, status, tasks, error }: RunRecord, store: string): void {
  const { green, red, yellow, bold, dim } = output.styles;
  const accent = { succeeded: green, warning: yellow, failed: red, running: String }[status];
  if (tasks.length > 0) output.print(`\n${taskTable(tasks, output.styles)}`);
  output.print(`\nRun ${id}: ${bold(accent(status))} ${dim(`(history in ${store})`)}`);
  if (error !== undefined) output.note(keptErrorText(readKeptError(error)));
  const held = tasks.reduce((sum, { deferred, quarantined }) => sum + deferred + quarantined, 0);
  if (status === 'warning') {
    const what = held > 0 ? `${counted(held, 'record')} did not get through` : 'Records of earlier runs are still held';
    output.print(`${what}: \`isthmus errors\` says why, and what to do.`);
  }
}
