import type { Command } from 'commander';
import { carryOut } from '../carry-out.js';
import { partFrom, withPart, type PartOptions } from '../choose-part.js';
import { examples } from '../help.js';
import type { Session } from '../session.js';
import { withWorkspace } from '../workspace.js';

interface RunOptions extends PartOptions {
  readonly full?: boolean;
  readonly retry?: boolean;
}

export function addRun(program: Command, session: Session): void {
  withPart(program.command('run').summary('carry out integrations'))
    .description('Carries out integrations of the rc file: reads what has changed, and writes what differs.')
    .option('--full', 'read everything, not only what has changed')
    .option('--retry', 'try quarantined records again')
    .addHelpText(
      'after',
      examples(
        ['isthmus run', 'the only integration'],
        ['isthmus run contracts', 'one of several'],
        ['isthmus run --all --json', 'all of them; the last line is the result'],
        ['isthmus run contracts --only PRJ-01049', 'one record, however it stands'],
        ['isthmus run contracts --retry', 'after the cause of quarantined records was put right'],
      ),
    )
    .action((names: string[], { full = false, retry = false, ...part }: RunOptions) =>
      withWorkspace(session, (workspace) =>
        carryOut(session, workspace, { ...partFrom(workspace, names, part), full, retry }),
      ),
    );
}
