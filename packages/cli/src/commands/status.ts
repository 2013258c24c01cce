import type { RunRecord, StateStore } from '@isthmus/core';
import type { Command } from 'commander';
import { examples } from '../help.js';
import { count, moment, table, type Output } from '../output/index.js';
import type { Session } from '../session.js';
import { withStore } from '../workspace.js';

/** Far enough back to find the last run of an integration that is run less often than others. */
const RUNS_LOOKED_AT = 1000;

export function addStatus(program: Command, session: Session): void {
  program
    .command('status')
    .summary('show how each integration stands')
    .description('Shows the last run of each integration, what is held back, and what to do next.')
    .addHelpText('after', examples(['isthmus status', 'one line for each integration']))
    .action(() =>
      withStore(session, async (store, { configuration }) => {
        const runs = await store.runs.list(RUNS_LOOKED_AT);
        const lines: IntegrationStatus[] = [];
        for (const [integration, { template }] of configuration.integrations) {
          const last = runs.find(({ integrations }) => integrations.includes(integration));
          lines.push({ integration, template, lastRun: lastRun(last), ...(await heldBack(store, integration, last)) });
        }
        session.output.printJson(lines);
        show(session.output, lines);
      }),
    );
}

/** Stable shape of `status --json`: a list of these. */
interface IntegrationStatus {
  readonly integration: string;
  readonly template: string;
  readonly lastRun: ReturnType<typeof lastRun>;
  readonly deferred: number;
  readonly quarantined: number;
  readonly next: string;
}

const lastRun = (run: RunRecord | undefined) =>
  run ? { run: run.id, status: run.status, startedAt: run.startedAt, finishedAt: run.finishedAt ?? null } : null;

async function heldBack({ held }: StateStore, integration: string, last: RunRecord | undefined) {
  const deferred = await held.count({ integration, state: 'deferred' });
  const quarantined = await held.count({ integration, state: 'quarantined' });
  return { deferred, quarantined, next: nextStep(integration, last, deferred + quarantined) };
}

function nextStep(integration: string, last: RunRecord | undefined, held: number): string {
  if (!last) return `isthmus run ${integration}`;
  if (last.status === 'failed') return `isthmus history ${last.id}`;
  return held > 0 ? `isthmus errors --integration ${integration}` : 'nothing to do';
}

function show(output: Output, lines: readonly IntegrationStatus[]): void {
  if (lines.length === 0) return output.print('The rc file has no integrations.');
  const { bold, dim, yellow, red } = output.styles;
  output.print(
    table<IntegrationStatus>(
      [
        { title: 'integration', value: ({ integration }) => bold(integration) },
        { title: 'template', value: ({ template }) => template },
        { title: 'last run', value: (line) => (line.lastRun ? moment(line.lastRun.startedAt) : 'never') },
        { title: 'status', value: (line) => line.lastRun?.status ?? '' },
        { title: 'waiting', align: 'right', value: ({ deferred }) => (deferred ? yellow(count(deferred)) : '0') },
        {
          title: 'quarantined',
          align: 'right',
          value: ({ quarantined }) => (quarantined ? red(count(quarantined)) : '0'),
        },
        { title: 'next', value: ({ next }) => next },
      ],
      lines,
      dim,
    ),
  );
}
