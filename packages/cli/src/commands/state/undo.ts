import type { Command } from 'commander';
import { cliErrors } from '../../errors.js';
import { moment } from '../../output/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';
import { describeOrDo } from './change.js';

export function addUndo(state: Command, session: Session): void {
  state
    .command('undo')
    .summary('take the last change by hand back')
    .description(
      'Puts back what the last rewind, reset or import has replaced. What runs have come to since then is forgotten and found again by the next run.',
    )
    .option('--yes', 'do it')
    .action(({ yes = false }: { yes?: boolean }) =>
      withStore(session, async (store) => {
        const [last] = await store.state.changes();
        if (!last) throw cliErrors.CLI_NOTHING_TO_UNDO();
        const tasks = last.tasks.map(({ integration, task }) => `${integration}/${task}`).join(', ');
        const consequences = [
          `The ${last.action} of ${moment(last.at)} is taken back: ${last.kinds.join(', ')} of ${tasks} become what they were before it.`,
        ];
        const change = { action: `undo ${last.action}`, tasks: last.tasks, consequences };
        await describeOrDo(session, store, change, yes, (leases) => store.state.undo(last.id, leases));
      }),
    );
}
