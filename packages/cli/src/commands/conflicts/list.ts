import type { HeldFilter, HeldOutline, StateStore } from '@isthmus/core';
import { CONFLICTS, conflictsAmong, type Conflict } from '@isthmus/sync';
import type { Command } from 'commander';
import { positiveNumber } from '../../arguments.js';
import { filterFrom, withFilter, type FilterOptions } from '../../held/index.js';
import { counted, moment, table, type Output } from '../../output/index.js';
import { valueText } from '../../plan/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';

interface ListOptions extends FilterOptions {
  readonly limit: number;
}

type Line = Conflict & Pick<HeldOutline, 'integration' | 'task' | 'key' | 'sourceId' | 'legalEntity' | 'since'>;

const SHOWN = 50;

export function addList(conflicts: Command, session: Session): void {
  withFilter(conflicts.command('list').summary('what is to be decided'))
    .description('Shows each field that was changed on both sides: what both had before, and what each has now.')
    .option('--limit <number>', 'at most so many', positiveNumber, SHOWN)
    .action(({ limit, ...options }: ListOptions) =>
      withStore(session, async (store, workspace) => {
        const filter = { ...(await filterFrom(store, workspace, options)), ...CONFLICTS };
        await print(session.output, linesOf(store, filter), limit);
      }),
    );
}

async function* linesOf({ held }: StateStore, filter: HeldFilter): AsyncGenerator<Line> {
  for await (const page of held.outlines(filter)) {
    for (const { integration, task, key, sourceId, legalEntity, since, errors } of page) {
      for (const conflict of conflictsAmong(errors)) {
        yield { integration, task, key, sourceId, legalEntity, since, ...conflict };
      }
    }
  }
}

async function print(output: Output, lines: AsyncIterable<Line>, limit: number): Promise<void> {
  const shown: Line[] = [];
  let found = 0;
  for await (const line of lines) {
    if (++found > limit) continue;
    output.printJson(line);
    shown.push(line);
  }
  if (found === 0) return output.print('There is no conflict to decide.');
  const sides = [...new Set(shown.flatMap(({ values }) => Object.keys(values)))];
  output.print(
    table<Line>(
      [
        { title: 'record', value: ({ legalEntity, key, sourceId }) => [legalEntity, key || sourceId].join(' ').trim() },
        { title: 'task', value: ({ integration, task }) => `${integration} / ${task}` },
        { title: 'field', value: ({ field }) => field },
        { title: 'before', value: ({ last }) => (last === undefined ? '(never the same)' : valueText(last)) },
        ...sides.map((side) => ({
          title: side,
          value: ({ values }: Line) => (values[side] === undefined ? '' : valueText(values[side])),
        })),
        { title: 'since', value: ({ since }) => moment(since) },
      ],
      shown,
      output.styles.dim,
    ),
  );
  if (found > limit) output.print(output.styles.dim(`… and ${counted(found - limit, 'more field')} (see --limit)`));
}
