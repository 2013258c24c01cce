import { apply } from '@isthmus/sync';
import type { Command } from 'commander';
import { careFor } from '../aftercare.js';
import { examples } from '../help.js';
import { inSight } from '../in-sight.js';
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
        const { output } = session;
        const { configuration, host } = workspace;
        const applied = await inSight(output, workspace, async (signal) => {
          const result = await apply(configuration, host, { file, signal });
          // Where it stops, whoever applies the plan is there to see it.
          if ('run' in result && result.run.status !== 'failed') await careFor(output, workspace, result.run);
          return result;
        });
        if ('run' in applied) {
          session.exitCode = reportRun(output, applied.run, configuration.store.path);
          return;
        }
        output.printJson(applied);
        output.print(`This plan was applied before, by run ${applied.appliedBefore}: nothing was done.`);
      }),
    );
}
