import type { RunRecord } from '@isthmus/core';
import { run, type RunRequest } from '@isthmus/sync';
import { attended } from './attended.js';
import { cancellable } from './cancellation.js';
import { exitCodeOf } from './exit.js';
import {
  counted,
  keptErrorText,
  readKeptError,
  runSummary,
  showProgress,
  taskTable,
  type Output,
} from './output/index.js';
import type { Session } from './session.js';
import type { Workspace } from './workspace.js';

/** Runs integrations, shows how it goes and what came of it, and sets the exit status. */
export async function carryOut(
  session: Session,
  workspace: Workspace,
  request: Omit<RunRequest, 'signal'>,
): Promise<void> {
  const { output } = session;
  const { configuration, host } = workspace;
  const work = () =>
    cancellable(output, async (signal) => {
      const endProgress = showProgress(host.events, output);
      try {
        return await run(configuration, host, { ...request, signal });
      } finally {
        endProgress();
      }
    });
  // A run of some records says nothing about the integration.
  const record = request.selection ? await work() : await attended(output, workspace, work);
  output.printJson(runSummary(record));
  describe(output, record, configuration.store.path);
  session.exitCode = exitCodeOf[record.status];
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
