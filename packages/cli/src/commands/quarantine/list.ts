import type { Ruling, StateStore, TaskScope } from '@isthmus/core';
import type { Command } from 'commander';
import { positiveNumber } from '../../arguments.js';
import { CAUSES_SHOWN, causesOf, filterFrom, showCauses, withFilter, type FilterOptions } from '../../held/index.js';
import { moment, table, type Output } from '../../output/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';

interface ListOptions extends FilterOptions {
  readonly limit: number;
  readonly dropped?: boolean;
}

export function addList(quarantine: Command, session: Session): void {
  withFilter(quarantine.command('list').summary('what is held, by root cause'))
    .description('Groups held records by root cause; records that wait count for what keeps their row back.')
    .option('--limit <number>', 'at most so many causes', positiveNumber, CAUSES_SHOWN)
    .option('--dropped', 'what was dropped, by whom and why')
    .action(({ limit, dropped = false, ...options }: ListOptions) =>
      withStore(session, async (store, workspace) => {
        const { output } = session;
        const filter = await filterFrom(store, workspace, options);
        if (dropped) await listDropped(output, store, filter);
        else if (!output.json) await showCauses(output, store, filter, limit);
        else {
          const causes = await causesOf(store.held.outlines(filter), () => store.held.outlines({}));
          for (const cause of causes.slice(0, limit)) output.printJson(cause);
        }
      }),
    );
}

async function listDropped(
  output: Output,
  { rulings }: StateStore,
  filter: Parameters<StateStore['rulings']['list']>[0],
): Promise<void> {
  for await (const page of rulings.list(filter)) {
    const dropped = page.filter(({ kind }) => kind === 'drop');
    for (const { sourceHash: _hash, kind: _kind, ...ruling } of dropped) output.printJson(ruling);
    output.print(
      table<TaskScope & Ruling>(
        [
          { title: 'record', value: ({ key, sourceId }) => key || sourceId },
          { title: 'task', value: ({ integration, task }) => `${integration} / ${task}` },
          { title: 'dropped', value: ({ at }) => moment(at) },
          { title: 'by', value: ({ by }) => by },
          { title: 'reason', value: ({ reason }) => reason },
        ],
        dropped,
        output.styles.dim,
      ),
    );
  }
}
