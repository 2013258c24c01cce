import type { Command } from 'commander';
import { counted } from '../../output/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';
import { writeText } from '../../write-text.js';
import { stateLines } from './file.js';
import { fitting } from './systems.js';
import { TARGET, TARGET_DOC, tasksOf } from './target.js';

export function addExport(state: Command, session: Session): void {
  state
    .command('export')
    .summary('write the state to a file')
    .description(
      'Writes all that is remembered of tasks to a file, to be kept or taken to another machine. It holds business data.',
    )
    .argument(TARGET, TARGET_DOC)
    .requiredOption('--out <file>', 'file to write')
    .action((target: string | undefined, { out }: { out: string }) =>
      withStore(session, async (store, workspace) => {
        const tasks = tasksOf(workspace, target);
        let entries = 0;
        const pages = (async function* () {
          for await (const page of store.state.entries(tasks)) {
            entries += page.length;
            yield page;
          }
        })();
        const { systems, ...rest } = await fitting(workspace);
        const own = Object.fromEntries(
          Object.entries(systems).filter(([name]) => tasks.some((each) => each.integration === name)),
        );
        await writeText(out, stateLines({ ...rest, tasks, systems: own }, pages));
        session.output.printJson({ file: out, entries });
        session.output.print(`${counted(entries, 'line')} written to ${out}.`);
      }),
    );
}
