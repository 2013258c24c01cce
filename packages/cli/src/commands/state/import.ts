import type { StateEntry, StateStore, TaskScope } from '@isthmus/core';
import type { Command } from 'commander';
import { count } from '../../output/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';
import { describeOrDo } from './change.js';
import { readHeader, readState } from './file.js';
import { KINDS } from './kinds.js';
import { fitting } from './systems.js';

export function addImport(state: Command, session: Session): void {
  state
    .command('import')
    .summary('take the state over from a file')
    .description(
      'Replaces all that is remembered of the tasks in the file. It must come from the same version, the same integrations and the same systems.',
    )
    .argument('<file>', 'what `isthmus state export` has written')
    .option('--yes', 'do it')
    .action((file: string, { yes = false }: { yes?: boolean }) =>
      withStore(session, async (store, workspace) => {
        const wanted = await fitting(workspace);
        const { tasks } = await readHeader(file, wanted);
        const entries = new Map<string, number>();
        for await (const page of readState(file, wanted)) {
          for (const entry of page) entries.set(idOf(entry), (entries.get(idOf(entry)) ?? 0) + 1);
        }
        const consequences: string[] = [];
        for (const scope of tasks) consequences.push(await consequence(store, scope, entries));
        await describeOrDo(session, store, { action: 'import', tasks, consequences }, yes, (leases, at) =>
          store.state.replace({ action: 'import', tasks, kinds: KINDS, at }, readState(file, wanted), leases),
        );
      }),
    );
}

const idOf = ({ integration, task, kind }: Pick<StateEntry, 'integration' | 'task' | 'kind'>): string =>
  JSON.stringify([integration, task, kind]);

async function consequence(store: StateStore, scope: TaskScope, entries: ReadonlyMap<string, number>): Promise<string> {
  const becomes = (now: number, kind: StateEntry['kind']): string =>
    `${count(now)} become ${count(entries.get(idOf({ ...scope, kind })) ?? 0)}`;
  const delivered = becomes(await store.crossReferences.count(scope), 'reference');
  const held = becomes(await store.held.count(scope), 'held');
  return `${scope.integration}/${scope.task}: delivered rows, ${delivered}; held records, ${held}. The next run goes on from the checkpoint of the file.`;
}
