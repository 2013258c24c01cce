import type { StateStore, TaskScope } from '@isthmus/core';
import type { Command } from 'commander';
import { count, moment, table } from '../../output/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';
import { TARGET, TARGET_DOC, tasksOf } from './target.js';

export function addShow(state: Command, session: Session): void {
  state
    .command('show')
    .summary('how far each task has got')
    .description('Shows checkpoints, earlier ones that can be gone back to, and what is remembered of each task.')
    .argument(TARGET, TARGET_DOC)
    .action((target: string | undefined) =>
      withStore(session, async (store, workspace) => {
        const lines = await Promise.all(tasksOf(workspace, target).map((scope) => taskState(store, scope)));
        const { output } = session;
        for (const line of lines) output.printJson(line);
        output.print(
          table<TaskState>(
            [
              { title: 'task', value: ({ integration, task }) => `${integration} / ${task}` },
              { title: 'checkpoint', value: ({ checkpoint }) => (checkpoint ? moment(checkpoint.at) : 'none') },
              { title: 'reads', value: ({ checkpoint }) => (checkpoint?.changes ? 'changes' : 'everything') },
              { title: 'earlier', align: 'right', value: ({ earlier }) => earlier.length },
              { title: 'delivered', align: 'right', value: ({ delivered }) => count(delivered) },
              { title: 'held', align: 'right', value: ({ held }) => count(held) },
              { title: 'unanswered', align: 'right', value: ({ unanswered }) => unanswered },
              { title: 'held by', value: ({ holder }) => holder ?? '' },
            ],
            lines,
            output.styles.dim,
          ),
        );
        const [last] = await store.state.changes();
        if (last) output.print(`\nLast change by hand: ${last.action}, ${moment(last.at)} (\`isthmus state undo\`).`);
      }),
    );
}

/** Stable shape of one line of `state show --json`. */
type TaskState = Awaited<ReturnType<typeof taskState>>;

async function taskState(store: StateStore, scope: TaskScope) {
  const [present, ...earlier] = await store.checkpoints.kept(scope);
  return {
    ...scope,
    checkpoint: present ? { at: present.at, changes: present.token !== undefined } : null,
    /** When the checkpoints were saved that `rewind --to 1`, `--to 2` … go back to. */
    earlier: earlier.map(({ at }) => at),
    delivered: await store.crossReferences.count(scope),
    held: await store.held.count(scope),
    unanswered: (await store.journal.unanswered(scope)).length,
    holder: (await store.leases.get(`integration:${scope.integration}`))?.holder ?? null,
  };
}
