import type { Command } from 'commander';
import { filterFrom, recordsWith, showRecord, withFilter, type FilterOptions } from '../../held/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';

export function addShow(quarantine: Command, session: Session): void {
  withFilter(quarantine.command('show').summary('all that is known of one record'))
    .description('Shows source row, mapped row, every fault, what the destination said, its request id, the attempts.')
    .argument('<key>', 'integration key or source id')
    .action((key: string, options: FilterOptions) =>
      withStore(session, async (store, workspace) => {
        const filter = await filterFrom(store, workspace, options);
        for (const record of await recordsWith(store, filter, key)) await showRecord(session.output, store, record);
      }),
    );
}
