import type { RunRecord } from '@isthmus/core';
import { exitCodeOf, type ExitCode } from './exit.js';
import { counted, keptErrorText, readKeptError, runSummary, taskTable, type Output } from './output/index.js';

/**
 * Says how a run has ended.
 *
 * @param store path of the store, where its history is
 */
export function reportRun(output: Output, run: RunRecord, store: string): ExitCode {
  const { id, status, tasks, error } = run;
  output.printJson(runSummary(run));
  const { green, red, yellow, bold, dim } = output.styles;
  const accent = { succeeded: green, warning: yellow, failed: red, running: String }[status];
  if (tasks.length > 0) output.print(`\n${taskTable(tasks, output.styles)}`);
  output.print(`\nRun ${id}: ${bold(accent(status))} ${dim(`(history in ${store})`)}`);
  if (error !== undefined) output.note(keptErrorText(readKeptError(error)));
  const held = tasks.reduce((sum, { deferred, quarantined }) => sum + deferred + quarantined, 0);
  if (status === 'warning') {
    output.print(
      held > 0
        ? `${counted(held, 'record')} of this run did not get through: \`isthmus errors\` lists what is held back, why, and what to do.`
        : 'Not everything is done: the warnings above say what, and `isthmus errors` what earlier runs have left.',
    );
  }
  return exitCodeOf[status];
}
