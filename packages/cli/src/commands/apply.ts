import { apply } from '@isthmus/sync';
import type { Command } from 'commander';
import { attended } from '../attended.js';
import { cancellable } from '../cancellation.js';
import { examples } from '../help.js';
import { showProgress } from '../output/index.js';
import { reportRun } from '../run-report.js';
import type { Session } from '../session.js';
import { withWorkspace } from '../workspace.js';

export function addApply(program: Command, session: Session): void {
  program
    .command('apply')
    .summary('carry out a saved plan, and nothing else')
    .description(
      'Carries out a plan that `isthmus plan --out` has saved. Stops at the first record that is not as it was planned, ' +
        'in the source or in the destination, says what has changed, and leaves the rest alone.',
    )
    .argument('<file>', 'the plan')
    .addHelpText(
      'after',
      examples(
        ['isthmus plan contracts --out contracts.plan', 'make a plan'],
        ['isthmus apply contracts.plan', 'do exactly that'],
      ),
    )
    .action((file: string) =>
      withWorkspace(session, async (workspace) => {
        const { configuration, host } = workspace;
        const { output } = session;
        const applied = await cancellable(output, async (signal) => {
          const endProgress = showProgress(host.events, output);
          try {
            return await apply(configuration, host, { file, signal });
          } finally {
            endProgress();
          }
        });
        if ('run' in applied) {
          const run = await attended(output, workspace, () => Promise.resolve(applied.run));
          session.exitCode = reportRun(output, run, configuration.store.path);
          return;
        }
        output.printJson(applied);
        output.print(`This plan was applied before, by run ${applied.appliedBefore}: nothing was done.`);
      }),
    );
}
