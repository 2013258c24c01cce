import type { Checkpoint, StateEntry, TaskScope } from '@isthmus/core';
import type { Command } from 'commander';
import { positiveNumber } from '../../arguments.js';
import { cliErrors } from '../../errors.js';
import { moment } from '../../output/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';
import { describeOrDo } from './change.js';
import { TARGET, TARGET_DOC, tasksOf } from './target.js';

interface RewindOptions {
  readonly to: number;
  readonly yes?: boolean;
}

export function addRewind(state: Command, session: Session): void {
  state
    .command('rewind')
    .summary('go back to an earlier checkpoint')
    .description('Makes an earlier checkpoint the present one: the next run reads again what has changed since.')
    .argument(TARGET, TARGET_DOC)
    .option('--to <number>', 'how many checkpoints back', positiveNumber, 1)
    .option('--yes', 'do it')
    .action((target: string | undefined, { to, yes = false }: RewindOptions) =>
      withStore(session, async (store, workspace) => {
        const tasks = tasksOf(workspace, target);
        const kept: [TaskScope, Checkpoint[]][] = [];
        for (const scope of tasks) kept.push([scope, await store.checkpoints.kept(scope)]);
        const consequences = kept.map(([scope, checkpoints]) => consequence(scope, checkpoints, to));
        const change = { action: 'rewind', tasks, consequences };
        await describeOrDo(session, store, change, yes, (leases, at) =>
          store.state.replace({ action: 'rewind', tasks, kinds: ['checkpoint'], at }, entries(kept, to), leases),
        );
      }),
    );
}

function consequence({ integration, task }: TaskScope, checkpoints: readonly Checkpoint[], to: number): string {
  const [present, earlier] = [checkpoints[0], checkpoints[to]];
  const name = `${integration}/${task}`;
  if (!present || !earlier)
    throw cliErrors.CLI_CHECKPOINT_MISSING({ task: name, kept: Math.max(checkpoints.length - 1, 0) });
  const reads = earlier.token === undefined ? 'everything' : `what has changed since ${moment(earlier.at)}`;
  return `${name}: from ${moment(present.at)} to ${moment(earlier.at)}. The next run reads ${reads}, and writes only what differs.`;
}

/** The checkpoint gone back to, and those before it, oldest first as they were saved. */
async function* entries(
  kept: readonly (readonly [TaskScope, readonly Checkpoint[]])[],
  to: number,
): AsyncGenerator<StateEntry[]> {
  for (const [scope, checkpoints] of kept) {
    yield checkpoints
      .slice(to)
      .reverse()
      .map((value): StateEntry => ({ ...scope, kind: 'checkpoint', value }));
  }
}
