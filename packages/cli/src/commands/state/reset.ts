import type { StateEntry, StateStore, TaskScope } from '@isthmus/core';
import type { Command } from 'commander';
import { counted } from '../../output/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';
import { describeOrDo } from './change.js';
import { KINDS } from './kinds.js';
import { TARGET, TARGET_DOC, tasksOf } from './target.js';

export function addReset(state: Command, session: Session): void {
  state
    .command('reset')
    .summary('forget everything')
    .description(
      'Forgets checkpoints, cross-references, held records and what was decided about them. The next run reads everything and looks for each row in the destination, so nothing is created twice.',
    )
    .argument(TARGET, TARGET_DOC)
    .option('--yes', 'do it')
    .action((target: string | undefined, { yes = false }: { yes?: boolean }) =>
      withStore(session, async (store, workspace) => {
        const tasks = tasksOf(workspace, target);
        const consequences: string[] = [];
        for (const scope of tasks) consequences.push(await consequence(store, scope));
        await describeOrDo(session, store, { action: 'reset', tasks, consequences }, yes, (leases, at) =>
          store.state.replace({ action: 'reset', tasks, kinds: KINDS, at }, nothing(), leases),
        );
      }),
    );
}

async function consequence(store: StateStore, scope: TaskScope): Promise<string> {
  const rows = counted(await store.crossReferences.count(scope), 'delivered row');
  const held = counted(await store.held.count(scope), 'held record');
  return `${scope.integration}/${scope.task}: ${rows} and ${held} are forgotten. The next run reads every row, and looks each up in the destination; only what differs is written.`;
}

async function* nothing(): AsyncGenerator<StateEntry[]> {
  yield [];
}
